namespace Candeia.Experiments.Tests;

public class LanguageModelTests
{
    [Fact]
    public void Tales_are_the_same_again_and_English_as_far_as_they_go()
    {
        string one = Tales.Draw(50_000, 7);
        Assert.Equal(one, Tales.Draw(50_000, 7));
        Assert.NotEqual(one, Tales.Draw(50_000, 8));
        Assert.InRange(one.Length, 50_000, 52_000);
        Assert.DoesNotContain(" a old ", one, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", one, StringComparison.Ordinal);
        Assert.Equal(one.Split("\n\n").Length, one.Split("\n\n").Distinct().Count());
        Assert.Equal(0, one.Count(c => c == '"') % 2);
    }

    [Fact]
    public void Bits_are_those_of_the_theory()
    {
        string even = string.Concat(Enumerable.Repeat("abcd", 500));
        Assert.Equal(2, Bits.Uniform(even, "abcd"));
        Assert.Equal(2, Bits.Frequencies(even, "abcd"), 1e-2);
        Assert.Equal(-Math.Log2(0.9), Bits.Frequencies("aaaaaaaab", "a"), 1e-9);
        Assert.InRange(Bits.Compressed(even, even), 0, 0.2);
        var random = new Generator(1);
        string noise = string.Concat(Enumerable.Range(0, 4000).Select(_ => "abcdefgh"[random.NextInt(8)]));
        Assert.InRange(Bits.Compressed(noise, string.Concat(noise.Reverse())), 2.5, 4);
    }
}
