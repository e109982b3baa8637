package io.caracal.core.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptoPanTest {
  /** The key of the sample that the reference implementation comes with. */
  private static final byte[] KEY =
      HexFormat.of()
          .parseHex("1522178d33a4cf80130a5b1649907d10" + "d8988f837979652762574c2d2a842202");

  private final CryptoPan cipher = new CryptoPan(KEY);

  /** IPv4: the reference implementation's sample. IPv6: github.com/Yawning/cryptopan. */
  @ParameterizedTest
  @CsvSource({
    "128.11.68.132, 135.242.180.132",
    "129.118.74.4, 134.136.186.123",
    "130.132.252.244, 133.68.164.234",
    "141.223.7.43, 141.167.8.160",
    "192.102.249.13, 252.138.62.131",
    "64.39.15.238, 0.219.7.41",
    "10.185.25.118, 117.161.29.118",
    "::1, 78ff:f001:9fc0:20df:8380:b1f1:704:ed",
    "::2, 78ff:f001:9fc0:20df:8380:b1f1:704:ef",
    "2001:db8::1, 4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e"
  })
  void agreesWithOtherImplementations(String address, String pseudonym) {
    byte[] bytes = Address.parse(address).orElseThrow().bytes();
    assertThat(Address.of(cipher.pseudonym(bytes)).text()).isEqualTo(pseudonym);
  }

  @Test
  void whoHasTheKeyFindsTheAddress() {
    Random random = new Random(1);
    for (int length : new int[] {4, 16}) {
      byte[] address = new byte[length];
      random.nextBytes(address);
      assertThat(cipher.address(cipher.pseudonym(address))).isEqualTo(address);
    }
  }

  @Test
  void neighboursStayNeighbours() {
    byte[] one = cipher.pseudonym(new byte[] {10, 0, 7, 1});
    byte[] two = cipher.pseudonym(new byte[] {10, 0, 7, (byte) 200});
    byte[] three = cipher.pseudonym(new byte[] {10, 1, 7, 1});
    assertThat(one).startsWith(two[0], two[1], two[2]);
    assertThat(one[3] ^ two[3]).isNotZero();
    assertThat(one[0]).isEqualTo(three[0]);
    assertThat(one[1]).isNotEqualTo(three[1]);
  }
}
