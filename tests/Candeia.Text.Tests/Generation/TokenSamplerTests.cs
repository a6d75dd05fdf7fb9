namespace Candeia.Text.Tests;

public class TokenSamplerTests
{
    static readonly float[] s_scores = [0, 2, -1, 1, 3];

    static double[] Shares(GenerationOptions options, float[]? scores = null, int[]? before = null)
    {
        var sampler = new TokenSampler(options with { Generator = new(5) });
        double[] counts = new double[(scores ?? s_scores).Length];
        for (int i = 0; i < 20_000; i++) counts[sampler.Next(scores ?? s_scores, before)]++;
        return [.. counts.Select(c => c / 20_000)];
    }

    static double[] Softmax(IEnumerable<double> scores)
    {
        double[] e = [.. scores.Select(Math.Exp)];
        return [.. e.Select(v => v / e.Sum())];
    }

    static void Near(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 0.012));

    [Theory]
    [InlineData(1), InlineData(0.5), InlineData(2)]
    public void Tokens_come_as_often_as_the_softmax_says(double temperature) =>
        Near(Softmax(s_scores.Select(s => s / temperature)), Shares(new() { Temperature = temperature }));

    [Fact]
    public void Top_k_draws_from_the_best_alone() => Near(Softmax([double.NegativeInfinity, 2, double.NegativeInfinity, double.NegativeInfinity, 3]), Shares(new() { TopK = 2 }));

    [Fact]
    public void Top_k_of_one_is_greedy_and_of_all_changes_nothing()
    {
        Assert.Equal(1, Shares(new() { TopK = 1 })[4]);
        Near(Shares(new()), Shares(new() { TopK = 5 }));
        Near(Shares(new()), Shares(new() { TopK = 500 }));
    }

    [Fact]
    public void The_nucleus_is_the_smallest_that_has_the_probability()
    {
        // probabilities: 4: .63, 1: .23, 3: .09, 0: .03, 2: .01
        Assert.Equal(1, Shares(new() { TopP = 0.6 })[4]);
        double[] two = Shares(new() { TopP = 0.7 });
        Near(Softmax([double.NegativeInfinity, 2, double.NegativeInfinity, double.NegativeInfinity, 3]), two);
        Assert.Equal(0, two[0] + two[2] + two[3]);
        Near(Shares(new()), Shares(new() { TopP = 1 }));
    }

    [Fact]
    public void At_temperature_zero_the_first_of_the_best_is_taken()
    {
        var sampler = new TokenSampler(new() { Temperature = 0 });
        Assert.Equal(4, sampler.Next(s_scores));
        Assert.Equal(1, sampler.Next([0, 7, 7]));
    }

    [Fact]
    public void What_has_occurred_is_less_likely_with_a_penalty()
    {
        Near(Softmax([0, 1, -2, 1, 3]), Shares(new() { RepetitionPenalty = 2 }, before: [1, 2, 2]));
        Near(Shares(new()), Shares(new() { RepetitionPenalty = 2 }));
    }

    [Fact]
    public void Forbidden_tokens_never_come() => Assert.Equal(0, Shares(new(), [0, float.NegativeInfinity, 1])[1]);

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        int[] Draw(ulong seed)
        {
            var sampler = new TokenSampler(new() { Generator = new(seed) });
            return [.. Enumerable.Range(0, 40).Select(_ => sampler.Next(s_scores))];
        }
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Fact]
    public void What_makes_no_sense_is_said()
    {
        Assert.Contains("TopK must be a whole number of at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { TopK = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { TopP = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { TopP = 1.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { Temperature = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { Temperature = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { RepetitionPenalty = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GenerationOptions { MaxTokens = -1 });
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => new TokenSampler(new()).Next([1, float.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TokenSampler(new()).Next([]));
    }
}
