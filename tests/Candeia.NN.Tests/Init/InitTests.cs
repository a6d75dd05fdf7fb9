using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>The distributions that PyTorch draws initial values from: bounds, spreads and constants.</summary>
public class InitTests
{
    static readonly JsonElement s_golden = Golden.Json("initialization");

    [Fact]
    public void Layers_begin_as_in_PyTorch()
    {
        Dictionary<string, Func<Generator, Layer>> layers = new()
        {
            ["Linear(in_features=400"] = g => new Linear(400, 300, generator: g),
            ["Conv1d(30"] = g => new Conv1d(30, 200, 5, generator: g),
            ["Conv2d(30"] = g => new Conv2d(30, 200, 3, generator: g),
            ["Conv2d(40"] = g => new Conv2d(40, 200, (3, 5), groups: 4, generator: g),
            ["ConvTranspose2d(30"] = g => new ConvTranspose2d(30, 200, 3, generator: g),
            ["Embedding(400"] = g => new Embedding(400, 300, generator: g),
            ["BatchNorm2d(7"] = _ => new BatchNorm2d(7),
            ["LayerNorm((7"] = _ => new LayerNorm([7]),
            ["GroupNorm(1, 7"] = _ => new GroupNorm(1, 7),
            ["PReLU(num_parameters=3"] = _ => new PReLU(3),
            ["RNN(100"] = g => new RNN(100, 200, generator: g),
            ["LSTM(100"] = g => new LSTM(100, 200, generator: g),
            ["GRU(100"] = g => new GRU(100, 200, generator: g),
            ["MultiheadAttention("] = g => new MultiheadAttention(200, 2, generator: g),
        };
        var golden = s_golden.GetProperty("layers").EnumerateArray().ToArray();
        foreach (var (start, make) in layers)
        {
            var expected = Assert.Single(golden, l => l.GetProperty("layer").GetString()!.StartsWith(start, StringComparison.Ordinal)).GetProperty("parameters");
            var state = make(new Generator(7)).StateDict();
            Assert.Equal(expected.EnumerateObject().Select(p => p.Name), state.Keys);
            foreach (var p in expected.EnumerateObject()) Agrees(state[p.Name], p.Value, $"{start} {p.Name}");
            var again = make(new Generator(7)).StateDict();
            Assert.All(state, s => Assert.Equal(s.Value.ToArray<double>(), again[s.Key].ToArray<double>()));
        }
    }

    [Fact]
    public void Initializers_draw_as_in_PyTorch()
    {
        foreach (var c in s_golden.GetProperty("initializers").EnumerateArray())
        {
            var x = Tensor.Empty(Shape.Create([.. c.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]));
            var a = c.GetProperty("arguments");
            var g = new Generator(11);
            string name = c.GetProperty("init").GetString()!;
            if (name.StartsWith("xavier", StringComparison.Ordinal))
            {
                double gain = a.TryGetProperty("gain", out var given) ? given.GetDouble() : 1;
                _ = name == "xavier_uniform_" ? Init.XavierUniform(x, gain, g) : Init.XavierNormal(x, gain, g);
            }
            else
            {
                double slope = a.GetProperty("a").GetDouble();
                var mode = a.GetProperty("mode").GetString() == "fan_in" ? FanMode.FanIn : FanMode.FanOut;
                var nonlinearity = Enum.Parse<Nonlinearity>(a.GetProperty("nonlinearity").GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
                _ = name == "kaiming_uniform_" ? Init.KaimingUniform(x, slope, mode, nonlinearity, g) : Init.KaimingNormal(x, slope, mode, nonlinearity, g);
            }
            Agrees(x, c, $"{c}");
        }
    }

    [Fact]
    public void Gains_are_those_of_PyTorch()
    {
        foreach (var c in s_golden.GetProperty("gains").EnumerateArray())
        {
            string name = c.GetProperty("nonlinearity").GetString()!.Replace("_", "", StringComparison.Ordinal);
            var nonlinearity = name == "conv2d" ? Nonlinearity.Linear : Enum.Parse<Nonlinearity>(name, ignoreCase: true);
            double gain = c.GetProperty("param").ValueKind == JsonValueKind.Null ? Init.Gain(nonlinearity) : Init.Gain(nonlinearity, c.GetProperty("param").GetDouble());
            Assert.Equal(c.GetProperty("gain").GetDouble(), gain, 1e-12);
        }
    }

    [Theory]
    [InlineData(30, 50), InlineData(50, 30), InlineData(20, 20)]
    public void Orthogonal_matrices_are_orthogonal(int rows, int columns)
    {
        var q = Init.Orthogonal(Tensor.Empty([rows, columns, 1], DType.Float64), gain: 2, new Generator(3)).Reshape(rows, columns);
        var product = rows <= columns ? q.MatMul(q.T()) : q.T().MatMul(q);
        double[] expected = (Tensor.Eye(Math.Min(rows, columns), dtype: DType.Float64) * 4).ToArray<double>();
        Assert.All(product.ToArray<double>().Zip(expected), p => Assert.Equal(p.Second, p.First, 1e-12));
    }

    [Fact]
    public void Truncated_normals_stay_within_and_have_their_moments()
    {
        double[] x = Init.TruncatedNormal(Tensor.Empty([100_000], DType.Float64), generator: new Generator(5)).ToArray<double>();
        Assert.All(x, v => Assert.InRange(v, -2, 2));
        Assert.Equal(0, x.Average(), 0.01);
        Assert.Equal(0.8796, Math.Sqrt(x.Average(v => v * v)), 0.01);       // of a standard normal within ±2
        double[] tail = Init.TruncatedNormal(Tensor.Empty([1000], DType.Float64), mean: 1, std: 2, low: 4, high: 5, new Generator(5)).ToArray<double>();
        Assert.All(tail, v => Assert.InRange(v, 4, 5));
        Assert.True(tail.Count(v => v < 4.5) > 530);
    }

    [Fact]
    public void A_dirac_kernel_hands_channels_through()
    {
        var x = Tensor.Rand([1, 4, 5, 5], generator: new Generator(1));
        var y = x.Conv2d(Init.Dirac(Tensor.Empty([4, 4, 3, 3])), padding: 1);
        Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
        var grouped = x.Conv2d(Init.Dirac(Tensor.Empty([4, 2, 3, 3]), groups: 2), padding: 1, groups: 2);
        Assert.Equal(x.ToArray<float>(), grouped.ToArray<float>());
        Assert.Throws<ShapeException>(() => Init.Dirac(Tensor.Empty([3, 3])));
    }

    [Fact]
    public void Eye_sparse_and_constants_are_what_they_say()
    {
        Assert.Equal([1f, 0, 0, 0, 1, 0], Init.Eye(Tensor.Empty([2, 3])).ToArray<float>());
        Assert.Equal([3f, 3], Init.Constant(Parameter.Of(Tensor.Empty([2])), 3).ToArray<float>());
        Assert.All(Init.Sparse(Tensor.Empty([10, 4]), 0.35, generator: new Generator(1)).Ne(0).Sum(0).ToArray<long>(), n => Assert.Equal(6, n));
        Assert.Throws<ShapeException>(() => Init.XavierNormal(Tensor.Empty([3])));
    }

    static void Agrees(Tensor tensor, JsonElement claim, string what)
    {
        double[] x = tensor.ToArray<double>();
        double n = x.Length, mean = x.Average();
        if (claim.TryGetProperty("constant", out var constant)) Assert.All(x, v => Assert.Equal(constant.GetDouble(), v));
        else if (claim.TryGetProperty("uniform", out var bound))
        {
            double b = bound.GetDouble(), most = x.Max(Math.Abs);
            Assert.True(most <= b * (1 + 1e-6) && most >= b * (1 - 20 / n) && Math.Abs(mean) < 5 * b / Math.Sqrt(3 * n), $"{what}: largest {most}, mean {mean}");
        }
        else
        {
            double std = claim.GetProperty("normal").GetDouble(), actual = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
            Assert.True(Math.Abs(actual / std - 1) < 5 / Math.Sqrt(2 * n) && Math.Abs(mean) < 5 * std / Math.Sqrt(n), $"{what}: spread {actual}, mean {mean}");
        }
    }

    [Fact]
    public void What_is_skipped_draws_nothing_and_a_model_is_filled_by_its_file()
    {
        var saved = new Conv2d(3, 4, 3).StateDict();
        Generator.Seed(5);
        double next = Tensor.Rand([1]).Item();
        Generator.Seed(5);
        Conv2d model;
        using (Init.Skip())
        {
            model = new Conv2d(3, 4, 3);
            Init.Orthogonal(Init.Normal(Init.TruncatedNormal(Init.Sparse(Tensor.Zeros([3, 3]), 0.5))));
        }
        Assert.Equal(next, Tensor.Rand([1]).Item());
        model.LoadStateDict(saved);
        Assert.Equal(saved["weight"].ToArray<float>(), model.Weight.ToArray<float>());
    }
}
