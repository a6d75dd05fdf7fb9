using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>The networks against torchvision 0.14: tests/golden/models.json.</summary>
public class VisionModelsTests
{
    const int Classes = 7;
    static readonly JsonElement s_golden = Golden.Json("models");

    // The largest take long, and have the blocks of smaller ones: they are left for CANDEIA_LARGE=1.
    static readonly long s_most = Environment.GetEnvironmentVariable("CANDEIA_LARGE") == "1" ? long.MaxValue : 26_000_000;

    public static TheoryData<string> Named => [.. Small().Select(m => m.Name)];

    public static TheoryData<string> Computed => [.. Small().Where(m => m.Value.TryGetProperty("output", out _)).Select(m => m.Name)];

    static IEnumerable<JsonProperty> Small() => s_golden.EnumerateObject().Where(m => m.Value.GetProperty("parameters").GetInt64() <= s_most);

    static Layer Undrawn(string name, int classes = 1000)
    {
        using var _ = Init.Skip();
        return VisionModels.Create(name, classes);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Keys_shapes_and_sizes_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var net = Undrawn(name);
        var golden = s_golden.GetProperty(name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), net.Parameters().Sum(p => p.Numel));
        string[] lines = [.. net.StateDict().Where(t => !t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Select(t => $"{t.Key} {string.Join('x', t.Value.Shape)}").Order(StringComparer.Ordinal)];
        Assert.Equal(golden.GetProperty("keys").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)))));
        Assert.Equal(1000, ((Linear?)(net.Get<Layer>(VisionModels.HeadOf(name)) as Linear))?.Weight.Shape[0] ?? net.Get<Conv2d>(VisionModels.HeadOf(name)).Weight.Shape[0]);
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void Outputs_and_gradients_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var golden = s_golden.GetProperty(name);
        int size = golden.GetProperty("size").GetInt32();
        var net = Undrawn(name, Classes).Eval();
        Fill(net, golden.GetProperty("gain").GetDouble());
        var x = Tensor.From(Array.ConvertAll(Noise(2 * 3 * size * size, 0), v => (float)(v * 2 - 1)), [2, 3, size, size]);
        var y = net.Forward(x);
        float[] expected = [.. golden.GetProperty("output").EnumerateArray().Select(v => v.GetSingle())], output = y.ToArray<float>();
        float most = expected.Max(Math.Abs);
        for (int i = 0; i < output.Length; i++) Assert.InRange((output[i] - expected[i]) / most, -1e-4f, 1e-4f);
        (y * Tensor.From([.. Enumerable.Range(0, 2 * Classes).Select(i => (float)Math.Cos(i))], [2, Classes])).Sum().Backward();
        // The parameters stand in another order than there, but the sum of all norms tells whether one is wrong.
        double all = net.Parameters().Sum(p => p.Grad!.To(DType.Float64).Pow(2).Sum().Sqrt().Item());
        Assert.InRange(all / golden.GetProperty("all").GetDouble(), 1 - 2e-4, 1 + 2e-4);
    }

    [Fact]
    public void What_there_is_not_is_refused_with_what_there_is()
    {
        Assert.Contains("resnet18", Assert.Throws<ArgumentException>(() => VisionModels.Create("resnet17")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => VisionModels.FeaturesOf("vit_b_16"));
        Assert.Throws<ShapeException>(() => VisionModels.Create("vit_b_32", 2).Forward(Tensor.Zeros([1, 3, 64, 64])));
        Assert.Throws<ArgumentException>(() => new ResNet([1, 1, 1, 1], groups: 2));
    }

    [Fact]
    public void First_weights_are_drawn_as_there()
    {
        var net = ResNet.ResNet18();
        var weight = net.Get<Conv2d>("layer1.0.conv1").Weight;
        Assert.InRange(weight.Std().Item(), 0.055, 0.063);                    // √(2 / (64 · 9)) = 0.0589
        Assert.Equal(0, VisionModels.Create("vit_b_32", 3).Get<Linear>("heads.head").Weight.Abs().Sum().Item());
        Assert.InRange(VisionModels.Create("mobilenet_v2", 30).Get<Linear>("classifier.1").Weight.Std().Item(), 0.0095, 0.0105);
    }

    /// <summary>Weights by the formula of tests/golden/families/models.py.</summary>
    static void Fill(Layer net, double gain)
    {
        using var _ = Autograd.NoGrad();
        foreach (var (name, t) in net.StateDict())
        {
            if (!t.DType.IsFloatingPoint()) continue;
            double[] u = Noise((int)t.Numel, name.Select((c, i) => (i + 1) * c).Sum() % 997);
            double bound = gain * Math.Sqrt(6.0 * t.Shape[0] / t.Numel);
            Func<double, double> of = name.EndsWith("running_var", StringComparison.Ordinal) ? v => 0.5 + v
                : name.EndsWith("running_mean", StringComparison.Ordinal) ? v => 0.2 * (v - 0.5)
                : t.Rank > 1 && t.Shape[0] > 1 && !name.Contains("layer_scale", StringComparison.Ordinal) ? v => (2 * v - 1) * bound
                : name.EndsWith("weight", StringComparison.Ordinal) ? v => 0.75 + 0.5 * v : v => 0.2 * (v - 0.5);
            t.CopyFrom(Tensor.From(Array.ConvertAll(u, v => (float)of(v)), t.Shape));
        }
    }

    static double[] Noise(int count, int entry)
    {
        double[] noise = new double[count];
        for (int i = 0; i < count; i++)
        {
            double v = Math.Sin(i * 12.9898 + entry * 78.233) * 43758.5453;
            noise[i] = v - Math.Floor(v);
        }
        return noise;
    }
}
