namespace Candeia.NN;

/// <summary>Limits for gradients, between Backward() and Step().</summary>
public static class Clipping
{
    /// <summary>
    /// Scales all gradients together so that their common norm does not exceed a limit (<see href="https://arxiv.org/abs/1211.5063">Pascanu et al.,
    /// 2012</see>).
    /// </summary>
    /// <param name="parameters">Those without a gradient do not matter.</param>
    /// <param name="max">The limit.</param>
    /// <param name="p">The norm: 2, 1, or infinity for the largest magnitude.</param>
    /// <returns>The norm before; not finite where a gradient is not.</returns>
    public static double ClipGradNorm(this IEnumerable<Tensor> parameters, double max, double p = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Tensor[] gradients = [.. parameters.Select(x => x.Grad).OfType<Tensor>()];
        double[] norms = [.. gradients.Select(g => g.Norm(p).Item())];
        double norm = double.IsPositiveInfinity(p) ? norms.Aggregate(0.0, Math.Max) : Math.Pow(norms.Sum(n => Math.Pow(n, p)), 1 / p), scale = max / (norm + 1e-6);
        if (scale < 1) foreach (var g in gradients) g.CopyFrom(g * scale);
        return norm;
    }

    /// <summary>Moves every number of every gradient to between −<paramref name="max"/> and <paramref name="max"/>.</summary>
    public static void ClipGradValue(this IEnumerable<Tensor> parameters, double max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        foreach (var g in parameters.Select(x => x.Grad).OfType<Tensor>()) g.CopyFrom(g.Clamp(-max, max));
    }
}
