package io.caracal.core.internal.privacy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Prefix-preserving pseudonyms of addresses, one to one: two addresses that agree in their first n
 * bits have pseudonyms that do. Bit n is turned over as AES of the n bits before it says. One
 * thread.
 *
 * @see <a href="https://doi.org/10.1109/ICNP.2002.1181415">Xu, Fan, Ammar, Moon: Prefix-Preserving
 *     IP Address Anonymization (2002)</a>
 */
final class CryptoPan {
  /** A key for AES-128, and what becomes the padding. */
  static final int KEY_BYTES = 32;

  private static final int BLOCK = 16;

  private final Cipher cipher;
  private final byte[] padding;

  CryptoPan(byte[] key) {
    try {
      cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, 0, BLOCK, "AES"));
      padding = cipher.doFinal(key, BLOCK, BLOCK);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  /**
   * The pseudonym of an address.
   *
   * @param address 4 or 16 bytes
   * @return as many bytes
   */
  byte[] pseudonym(byte[] address) {
    int bits = Byte.SIZE * address.length;
    byte[] blocks = new byte[bits * BLOCK];
    for (int bit = 0; bit < bits; bit++) {
      block(address, bit, blocks, bit * BLOCK);
    }
    byte[] turns = encrypt(blocks);
    byte[] pseudonym = address.clone();
    for (int bit = 0; bit < bits; bit++) {
      turn(pseudonym, bit, turns[bit * BLOCK]);
    }
    return pseudonym;
  }

  /**
   * The address of a pseudonym.
   *
   * @param pseudonym 4 or 16 bytes
   * @return as many bytes
   */
  byte[] address(byte[] pseudonym) {
    byte[] address = pseudonym.clone();
    byte[] block = new byte[BLOCK];
    for (int bit = 0; bit < Byte.SIZE * address.length; bit++) {
      block(address, bit, block, 0);
      turn(address, bit, encrypt(block)[0]);
    }
    return address;
  }

  /** The first bits of the address, then those of the padding. */
  private void block(byte[] address, int bits, byte[] into, int at) {
    System.arraycopy(padding, 0, into, at, BLOCK);
    System.arraycopy(address, 0, into, at, bits / Byte.SIZE);
    int rest = bits % Byte.SIZE;
    if (rest > 0) {
      int own = 0xFF00 >>> rest;
      int whole = bits / Byte.SIZE;
      into[at + whole] = (byte) ((address[whole] & own) | (padding[whole] & ~own));
    }
  }

  private static void turn(byte[] address, int bit, byte turn) {
    address[bit / Byte.SIZE] ^= (byte) ((turn & 0x80) >>> bit % Byte.SIZE);
  }

  private byte[] encrypt(byte[] blocks) {
    try {
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses " + Arrays.toString(blocks), e);
    }
  }
}
