using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Weights and pictures that a formula makes, the same in tests/golden/families/models.py.</summary>
static class Formula
{
    /// <summary>Writes all parameters and buffers.</summary>
    public static void Fill(Module net, double gain)
    {
        using var _ = Autograd.NoGrad();
        foreach (var (name, t) in net.StateDict())
        {
            if (!t.DType.IsFloatingPoint()) continue;
            double[] u = Noise((int)t.Numel, Entry(name));
            double bound = gain * Math.Sqrt(6.0 * t.Shape[0] / t.Numel);
            Func<double, double> of = name.EndsWith("running_var", StringComparison.Ordinal) ? v => 0.5 + v
                : name.EndsWith("running_mean", StringComparison.Ordinal) ? v => 0.2 * (v - 0.5)
                : t.Rank > 1 && t.Shape[0] > 1 && !name.Contains("layer_scale", StringComparison.Ordinal) ? v => (2 * v - 1) * bound
                : name.EndsWith("weight", StringComparison.Ordinal) ? v => 0.75 + 0.5 * v : v => 0.2 * (v - 0.5);
            t.CopyFrom(Tensor.From(Array.ConvertAll(u, v => (float)of(v)), t.Shape));
        }
    }

    /// <summary>Numbers from 0 to 1 that look random and follow from their place.</summary>
    public static double[] Noise(int count, int entry)
    {
        double[] noise = new double[count];
        for (int i = 0; i < count; i++)
        {
            double v = Math.Sin(i * 12.9898 + entry * 78.233) * 43758.5453;
            noise[i] = v - Math.Floor(v);
        }
        return noise;
    }

    /// <summary>Pictures of numbers from −1 to 1.</summary>
    public static Tensor Pictures(int count, int size) => Tensor.From(Array.ConvertAll(Noise(count * 3 * size * size, 0), v => (float)(v * 2 - 1)), [count, 3, size, size]);

    /// <summary>What stands for the names in any order, each with its shape.</summary>
    public static string Keys(Module net)
    {
        string[] lines = [.. net.StateDict().Where(t => !t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Select(t => $"{t.Key} {string.Join('x', t.Value.Shape)}").Order(StringComparer.Ordinal)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    /// <summary>
    /// Holds the gradient of each parameter to two numbers of PyTorch's: its norm, and its sum weighted by numbers that follow from the parameter's name, which no gradient has
    /// that is turned, shifted or of another parameter. Both may be off by 1e-4 of the norm; of a norm that is nearly nothing beside the largest, as of what a normalization takes
    /// away again, what is left is rounding of larger numbers: it counts as if it were a thousandth of the largest.
    /// </summary>
    /// <remarks>
    /// PyTorch's are computed in float64. Where many places lie near a corner, of a rectifier or between two neighbours of which the larger counts, float32 decides some of them otherwise, PyTorch's no
    /// less than ours: such networks are compared in float64.
    /// </remarks>
    public static void AssertGradients(Module net, JsonElement golden, double within = 1e-4)
    {
        var marks = MemoryMarshal.Cast<byte, float>(golden.GetBytesFromBase64());
        (string Name, Tensor Parameter)[] parameters = [.. net.NamedParameters().OrderBy(p => p.Name, StringComparer.Ordinal)];
        Assert.Equal(marks.Length, 2 * parameters.Length);
        double largest = 0;
        for (int i = 0; i < marks.Length; i += 2) largest = Math.Max(largest, marks[i]);
        List<string> off = [];
        for (int i = 0; i < parameters.Length; i++)
        {
            var (name, parameter) = parameters[i];
            double[] gradient = parameter.Grad?.ToArray<double>() ?? [], weights = Noise(gradient.Length, Entry(name) + 1);
            double norm = Math.Sqrt(gradient.Sum(g => g * g)), sum = 0, scale = Math.Max(marks[2 * i], 1e-3 * largest);
            for (int k = 0; k < gradient.Length; k++) sum += gradient[k] * (2 * weights[k] - 1);
            double apart = Math.Max(Math.Abs(norm - marks[2 * i]), Math.Abs(sum - marks[2 * i + 1])) / scale;
            if (!(apart <= within)) off.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: norm {norm:g6}, not {marks[2 * i]:g6}; sum {sum:g6}, not {marks[2 * i + 1]:g6}; {apart:g2} apart"));
        }
        Assert.True(off.Count == 0, $"{off.Count} of {parameters.Length} gradients are wrong (the largest norm is {largest:g4}):\n{string.Join('\n', off.Take(40))}");
    }

    static int Entry(string name) => name.Select((c, i) => (i + 1) * c).Sum() % 997;

    /// <summary>The sum of the norms of all gradients.</summary>
    public static double Gradients(Module net) => net.Parameters().Where(p => p.Grad is not null).Sum(p => p.Grad!.To(DType.Float64).Pow(2).Sum().Sqrt().Item());
}
