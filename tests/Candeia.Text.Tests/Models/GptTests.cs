using Candeia.NN;

namespace Candeia.Text.Tests;

public class GptTests
{
    internal static Gpt Small(int context = 6) => new(new(Vocabulary: 11, context, Layers: 2, Heads: 2, Width: 8), new Generator(3));

    [Fact]
    public void Three_steps_are_those_of_PyTorch()
    {
        var c = Golden.Open("gpt")["gpt2/three steps"];
        var gpt = Small();
        gpt.To(DType.Float64).LoadStateDict(Of(c, "before."));
        var adam = new AdamW(gpt.Parameters(), c.Number("lr"));
        var tokens = c["tokens"].Tensor;
        for (int step = 0; step < 3; step++)
        {
            adam.ZeroGrad();
            var scores = gpt.Forward(tokens[.., ..^1]);
            var loss = Gpt.Loss(scores, tokens[.., 1..]);
            loss.Backward();
            Assert.Equal(c["losses"].Doubles[step], loss.Item(), 1e-12);
            if (step == 0)
            {
                c["scores"].AssertNear(scores, 1e-12);
                var grads = gpt.NamedParameters().ToDictionary(p => p.Name, p => p.Parameter.Grad!);
                var expected = Of(c, "grad.");
                Assert.Equal(expected.Keys.Order(), grads.Keys.Order());
                foreach (var (name, grad) in grads)
                    Assert.All(expected[name].ToArray<double>().Zip(grad.ToArray<double>()), g => Assert.Equal(g.First, g.Second, 1e-12));
            }
            adam.Step();
        }
    }

    [Fact]
    public void Names_and_sizes_are_those_of_GPT2()
    {
        var state = Gpt.HuggingFace.Apply(Small().StateDict());
        var published = Golden.Open("gpt")["gpt2/three steps"].Arrays.Where(a => a.Key.StartsWith("before.", StringComparison.Ordinal));
        Assert.Equal(published.Select(a => $"{a.Key[7..]} {string.Join(' ', a.Value.Shape)}").Order(), state.Select(s => $"{s.Key} {string.Join(' ', s.Value.Shape)}").Order());
    }

    [Fact]
    public void The_small_GPT2_has_as_many_parameters_as_it_should()
    {
        var (vocabulary, context, layers, _, width, _, _) = GptConfig.Gpt2;
        var one = new Gpt(new(1, 1, 1, 1, Width: 64)).Parameters().Sum(p => p.Numel);
        Assert.Equal(64 + 64 + Blocks(1, 64) + 128, one);
        Assert.Equal(124_439_808, vocabulary * width + context * width + layers * Blocks(1, width) + 2 * width);

        static long Blocks(int layers, int width) => layers * (12L * width * width + 13 * width);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(4), InlineData(6)]
    public void One_by_one_with_a_cache_the_scores_are_those_of_all_at_once(int first)
    {
        var gpt = Small().Eval();
        using var _ = Autograd.NoGrad();
        var tokens = Tensor.From([1L, 5, 9, 2, 7, 3, 0, 0, 4, 10, 8, 6], [2, 6]);
        var all = gpt.Forward(tokens);
        var cache = gpt.NewCache();
        var scores = gpt.Next(tokens[.., ..first], cache);
        for (int i = first; ; i++)
        {
            Near(all[.., i - 1], scores);
            if (i == 6) break;
            scores = gpt.Next(tokens[.., i..(i + 1)], cache);
        }
        Assert.Throws<ShapeException>(() => gpt.Next(tokens[.., ..1], cache));
    }

    [Fact]
    public void No_score_depends_on_later_tokens()
    {
        var gpt = Small().Eval();
        Tensor one = gpt.Forward(Tensor.From([1L, 2, 3, 4], [1, 4])), other = gpt.Forward(Tensor.From([1L, 2, 9, 9], [1, 4]));
        Assert.Equal(one[.., ..2].ToArray<float>(), other[.., ..2].ToArray<float>());
        Assert.NotEqual(one[.., 2..].ToArray<float>(), other[.., 2..].ToArray<float>());
    }

    [Fact]
    public void It_learns_what_follows_by_heart()
    {
        var gpt = Small();
        var tokens = Tensor.From([1L, 2, 1, 3, 1, 4, 5], [1, 7]);
        var adam = new AdamW(gpt.Parameters(), 1e-2);
        for (int i = 0; i < 120; i++)
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            Gpt.Loss(gpt.Forward(tokens[.., ..6]), tokens[.., 1..]).Backward();
            adam.Step();
        }
        Assert.Equal([2, 1, 3, 1, 4], gpt.Generate([1], new() { Temperature = 0, MaxTokens = 5 }));
    }

    [Fact]
    public void Dropout_draws_in_training_alone()
    {
        var gpt = new Gpt(new(11, 6, 1, 2, 8, Dropout: 0.5), new Generator(1));
        var tokens = Tensor.From([1L, 2, 3], [1, 3]);
        Assert.NotEqual(gpt.Forward(tokens).ToArray<float>(), gpt.Forward(tokens).ToArray<float>());
        gpt.Eval();
        Assert.Equal(gpt.Forward(tokens).ToArray<float>(), gpt.Forward(tokens).ToArray<float>());
    }

    [Fact]
    public void What_it_does_not_take_is_said()
    {
        var gpt = Small();
        Assert.Contains("sees 6 tokens at once, not 7", Assert.Throws<ShapeException>(() => gpt.Forward(Tensor.Zeros([1, 7], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("tokens [n, length]", Assert.Throws<ShapeException>(() => gpt.Forward(Tensor.Zeros([7], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ShapeException>(() => gpt.Forward(Tensor.Zeros([1, 0], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Gpt.Loss(Tensor.Zeros([1, 3, 11]), Tensor.Zeros([1, 4], DType.Int64)));
        Assert.Contains("divided among 3 heads", Assert.Throws<ArgumentException>(() => new Gpt(new(5, Heads: 3, Width: 8))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gpt(new(0)));
    }

    internal static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray<float>().Zip(actual.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    /// <summary>Tensors of PyTorch as the model has them.</summary>
    static OrderedDictionary<string, Tensor> Of(GoldenCase c, string prefix) =>
        Gpt.HuggingFace.Apply(c.Arrays.Where(a => a.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(a => a.Key[prefix.Length..], a => a.Value.Tensor));
}
