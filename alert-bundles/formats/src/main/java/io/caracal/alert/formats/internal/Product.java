package io.caracal.alert.formats.internal;

/** How the sensor is called in formats that ask for it. */
final class Product {
  static final String VENDOR = "Caracal";
  static final String NAME = "Caracal";

  private Product() {}
}
