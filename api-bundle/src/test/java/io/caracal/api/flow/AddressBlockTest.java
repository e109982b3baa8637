package io.caracal.api.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {
  private final Random random = new Random(7);

  private static BigInteger number(AddressBlock block) {
    return new BigInteger(
        1, ByteBuffer.allocate(16).putLong(block.high()).putLong(block.low()).array());
  }

  private AddressBlock address(boolean ipv6) {
    return ipv6
        ? AddressBlock.of(true, random.nextLong(), random.nextLong(), 128)
        : AddressBlock.of(false, 0, random.nextLong() & 0xFFFF_FFFFL, 32);
  }

  @Test
  void containsWhatHasTheSameFirstBits() {
    for (int i = 0; i < 100_000; i++) {
      boolean ipv6 = random.nextBoolean();
      int bits = ipv6 ? 128 : 32;
      int prefix = random.nextInt(bits + 1);
      AddressBlock one = address(ipv6);
      AddressBlock block = AddressBlock.of(ipv6, one.high(), one.low(), prefix);
      // Differs from the first one in one bit, wherever that is.
      int bit = random.nextInt(bits);
      BigInteger flipped = number(one).flipBit(bits - 1 - bit);
      AddressBlock other =
          AddressBlock.of(ipv6, flipped.shiftRight(64).longValue(), flipped.longValue(), bits);
      assertThat(block.contains(one)).isTrue();
      assertThat(block.contains(other)).as("%s in %s", other, block).isEqualTo(bit >= prefix);
      assertThat(block.contains(address(!ipv6))).isFalse();
      assertThat(AddressBlock.of(block.toString())).isEqualTo(block);
    }
  }

  @Test
  void aMappedAddressIsTheIpv4AddressThatItStandsFor() {
    AddressBlock mapped = AddressBlock.of(true, 0, 0xFFFF_0A00_0005L, 128);
    assertThat(AddressBlock.of("10.0.0.0/8").contains(mapped)).isTrue();
    assertThat(AddressBlock.of("::ffff:10.0.0.0/104")).isEqualTo(AddressBlock.of("10.0.0.0/8"));
    assertThat(AddressBlock.of("::/0").contains(mapped)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.0.0/16, true, true",
    "10.1.0.0/16, 10.0.0.0/8, false, true",
    "10.1.0.0/16, 10.2.0.0/16, false, false",
    "0.0.0.0/0, ::/0, false, false",
    "2001:db8::/32, 2001:db8:0:1::5, true, true"
  })
  void blocksContainAndMeet(String one, String other, boolean contains, boolean meets) {
    assertThat(AddressBlock.of(one).contains(AddressBlock.of(other))).isEqualTo(contains);
    assertThat(AddressBlock.of(one).meets(AddressBlock.of(other))).isEqualTo(meets);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.1",
        "10.0.0.256",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "host",
        "::1/129",
        "fe80::1%eth0",
        "::ffff:10.0.0.0/90",
        "1:2"
      })
  void whatIsNoBlockIsRefused(String text) {
    assertThatThrownBy(() -> AddressBlock.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no address or block");
  }

  @Test
  void anAddressInsideABlockIsAskedAbout() {
    assertThatThrownBy(() -> AddressBlock.of("10.0.0.5/24"))
        .hasMessage(
            "10.0.0.5/24 names an address inside a block; write the block 10.0.0.0/24 or the"
                + " address 10.0.0.5");
  }
}
