using System.Runtime.Intrinsics.X86;

namespace Candeia.Tests;

public class PhiloxTests
{
    // Random123's kat_vectors, lines "philox4x32 10".
    [Theory]
    [InlineData(0ul, 0ul, 0ul, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x299f31d0a4093822ul, 0x0370734413198a2eul, 0x85a308d3243f6a88ul, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Known_answers(ulong key, ulong stream, ulong index, uint w0, uint w1, uint w2, uint w3)
    {
        UInt128 block = Philox.Block(key, stream, index);
        Assert.Equal(new UInt128((ulong)w3 << 32 | w2, (ulong)w1 << 32 | w0), block);
    }

    [SkippableTheory]
    [InlineData(512)]
    [InlineData(256)]
    public void Vectors_give_the_same_bits(int width)
    {
        Skip.IfNot(width == 512 ? Avx512F.IsSupported : Avx2.IsSupported, $"this machine has no vectors of {width} bits");
        const ulong key = 0x299f31d0a4093822, stream = 0x0370734413198a2e, index = uint.MaxValue - 5ul; // the index carries into its high half
        var words = new uint[4 * 19];
        int done = width == 512 ? Philox.Blocks512(key, stream, index, words) : Philox.Blocks256(key, stream, index, words);
        Assert.Equal(16, done);
        for (int i = 0; i < 4 * done; i++)
            Assert.Equal((uint)(Philox.Block(key, stream, index + (ulong)(i / 4)) >> (32 * (i % 4))), words[i]);
    }

    [Fact]
    public void Words_begin_and_end_anywhere()
    {
        var all = new uint[200];
        for (int i = 0; i < all.Length; i++) all[i] = (uint)(Philox.Block(7, 8, (ulong)i / 4) >> (32 * (i % 4)));
        for (int start = 0; start < 9; start++)
        {
            for (int length = 0; length < 100; length++)
            {
                var part = new uint[length];
                Philox.Words(7, 8, (ulong)start, part);
                Assert.Equal(all[start..(start + length)], part);
            }
        }
    }
}
