using Candeia.NN;

namespace Candeia.Text.Tests;

public class TokenGenerationTests
{
    static GenerationOptions Seeded(ulong seed = 7) => new() { MaxTokens = 25, Generator = new(seed) };

    [Fact]
    public void With_and_without_a_cache_the_text_is_the_same()
    {
        var gpt = GptTests.Small();
        Assert.Equal(gpt.Generate([1, 2], Seeded() with { UseCache = false }), gpt.Generate([1, 2], Seeded()));
    }

    [Fact]
    public void The_text_may_outgrow_what_the_model_sees()
    {
        var gpt = GptTests.Small(context: 4).Eval();
        int[] made = [.. gpt.Generate([1, 2, 3], new() { Temperature = 0, MaxTokens = 12 })];
        Assert.Equal(12, made.Length);
        // By hand: all of it while it fits, then from the last half on.
        List<int> window = [1, 2, 3];
        foreach (int token in made)
        {
            if (window.Count > 4) window.RemoveRange(0, window.Count - 2);
            using var _ = Autograd.NoGrad();
            Assert.Equal(token, (int)gpt.Forward(Tensor.From([.. window.Select(t => (long)t)], [1, window.Count]))[0, ^1].ArgMax(0).Item());
            window.Add(token);
        }
    }

    [Fact]
    public void Of_a_long_prompt_the_last_counts()
    {
        var gpt = GptTests.Small();
        Assert.Equal(gpt.Generate([5, 4, 3, 2, 1, 0], Seeded()), gpt.Generate([9, 9, 9, 5, 4, 3, 2, 1, 0], Seeded()));
    }

    [Fact]
    public void A_model_of_one_token_goes_on()
    {
        Assert.Equal(25, GptTests.Small(context: 1).Generate([1, 2], Seeded()).Count());
    }

    [Fact]
    public void Stop_tokens_end_it_and_are_not_given_out()
    {
        var gpt = GptTests.Small();
        int[] all = [.. gpt.Generate([1], Seeded())];
        int stop = all[10], first = Array.IndexOf(all, stop);
        Assert.Equal(all[..first], gpt.Generate([1], Seeded() with { StopTokens = [stop] }));
    }

    [Fact]
    public void The_same_seed_makes_the_same_text()
    {
        var gpt = GptTests.Small();
        Assert.Equal(gpt.Generate([1], Seeded()), gpt.Generate([1], Seeded()));
        Assert.NotEqual(gpt.Generate([1], Seeded()), gpt.Generate([1], Seeded(8)));
    }

    [Fact]
    public void It_leaves_the_mode_alone_and_makes_only_what_is_asked_for()
    {
        var gpt = new Gpt(new(11, 6, 1, 2, 8, Dropout: 0.5), new Generator(1)).Train();
        var generator = new Generator(3);
        _ = gpt.Generate([1], new() { Generator = generator }).Take(2).ToArray();
        var after = generator.State;
        Assert.True(gpt.IsTraining);
        var other = new Generator(3);
        _ = gpt.Generate([1], new() { Generator = other, MaxTokens = 2 }).ToArray();
        Assert.Equal(after, other.State);
    }

    [Fact]
    public void Prompts_that_say_nothing_or_too_much_are_refused()
    {
        var gpt = GptTests.Small();
        Assert.Contains("at least one token", Assert.Throws<ArgumentException>(() => gpt.Generate([])).Message, StringComparison.Ordinal);
        Assert.Contains("a token 11, but the model knows 11", Assert.Throws<ArgumentException>(() => gpt.Generate([1, 11])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => gpt.Generate([-1]));
    }
}
