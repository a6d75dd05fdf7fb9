using System.Security.Cryptography;
using System.Text;
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
            double[] u = Noise((int)t.Numel, name.Select((c, i) => (i + 1) * c).Sum() % 997);
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

    /// <summary>The sum of the norms of all gradients.</summary>
    public static double Gradients(Module net) => net.Parameters().Where(p => p.Grad is not null).Sum(p => p.Grad!.To(DType.Float64).Pow(2).Sum().Sqrt().Item());
}
