namespace Candeia.Tests;

public class Crc32Tests
{
    [Fact]
    public void Known_texts_have_their_known_checks()
    {
        Assert.Equal(0u, Crc32.Of([]));
        Assert.Equal(0xcbf43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0x414fa339u, Crc32.Of("The quick brown fox jumps over the lazy dog"u8));
    }

    [Fact]
    public void Parts_in_any_cut_have_the_check_of_the_whole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)(i * 31))];
        for (int cut = 0; cut <= bytes.Length; cut++) Assert.Equal(Crc32.Of(bytes), Crc32.Of(bytes.AsSpan(cut), Crc32.Of(bytes.AsSpan(0, cut))));
    }
}
