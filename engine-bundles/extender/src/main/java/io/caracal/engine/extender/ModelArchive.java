package io.caracal.engine.extender;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** The entries of a model bundle. Everything is read with a limit and checked before it is used. */
final class ModelArchive {
  static final int MODEL_LIMIT = 256 << 20;
  private static final int GOLDEN_LIMIT = 64 << 20;
  private static final int DESCRIPTOR_LIMIT = 16 << 20;

  private final Bundle bundle;
  private final String name;

  ModelArchive(Bundle bundle) {
    this.bundle = bundle;
    this.name = bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  /** Symbolic name and version. */
  String name() {
    return name;
  }

  ModelDescriptor descriptor() throws ModelException {
    ModelDescriptor descriptor = ModelDescriptor.parse(read("model.json", DESCRIPTOR_LIMIT), name);
    if (!Version.parseVersion(descriptor.version()).equals(bundle.getVersion())) {
      throw new ModelException(
          "caracal/model.json of bundle "
              + name
              + " says version "
              + descriptor.version()
              + ", which must equal the Bundle-Version");
    }
    return descriptor;
  }

  GoldenVectors golden(ModelDescriptor descriptor) throws ModelException {
    return GoldenVectors.parse(read("golden.json", GOLDEN_LIMIT), name, descriptor);
  }

  byte[] model(ModelDescriptor descriptor) throws ModelException {
    byte[] model = read(descriptor.model(), MODEL_LIMIT);
    String actual = HexFormat.of().formatHex(sha256().digest(model));
    if (!actual.equals(descriptor.sha256())) {
      throw new ModelException(
          "caracal/"
              + descriptor.model()
              + " of bundle "
              + name
              + " has SHA-256 "
              + actual
              + " but caracal/model.json says "
              + descriptor.sha256());
    }
    return model;
  }

  private byte[] read(String file, int limit) throws ModelException {
    URL entry = bundle.getEntry("caracal/" + file);
    if (entry == null) {
      throw new ModelException("bundle " + name + " lacks caracal/" + file);
    }
    try (InputStream in = entry.openStream()) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new ModelException(
            "caracal/" + file + " of bundle " + name + " is larger than " + (limit >> 20) + " MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw new ModelException(
          "caracal/" + file + " of bundle " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
