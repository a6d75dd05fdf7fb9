namespace Candeia.NN;

/// <summary>Limits for gradients, between Backward() and Step(). Nothing is read back from a device.</summary>
public static class Clipping
{
    /// <summary>
    /// Scales all gradients together so that their common norm does not exceed a limit (<see href="https://arxiv.org/abs/1211.5063">Pascanu et al.,
    /// 2012</see>). Gradients whose norm is no number are left as they are.
    /// </summary>
    /// <param name="parameters">Those without a gradient do not matter.</param>
    /// <param name="max">The limit.</param>
    /// <param name="p">The norm: 2, 1, or infinity for the largest magnitude.</param>
    /// <returns>The norm before, a single number in float64; not finite where a gradient is not, and 0 where there is none.</returns>
    public static Tensor ClipGradNorm(this IEnumerable<Tensor> parameters, double max, double p = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        using var noGrad = Autograd.NoGrad();
        Tensor[] gradients = [.. parameters.Select(x => x.Grad).OfType<Tensor>()];
        var norm = Common(gradients, p);
        using var scope = Scope.Begin();
        var scale = max / (norm + 1e-6);
        scale = (scale < 1).Where(scale, 1.0);                               // also where it is not a number
        foreach (var group in gradients.GroupBy(g => (g.Device, g.DType)))
            new ScaleIntoOp().Apply([.. group], scale.To(group.Key.DType).To(group.Key.Device));
        return norm;
    }

    /// <summary>The common norm of all gradients, which shows whether a training is about to diverge or has come to rest.</summary>
    /// <param name="parameters">Those without a gradient do not matter.</param>
    /// <param name="p">The norm: 2, 1, or infinity for the largest magnitude.</param>
    /// <returns>A single number in float64; not finite where a gradient is not, and 0 where there is none.</returns>
    public static Tensor GradNorm(this IEnumerable<Tensor> parameters, double p = 2)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var noGrad = Autograd.NoGrad();
        return Common([.. parameters.Select(x => x.Grad).OfType<Tensor>()], p);
    }

    /// <summary>Moves every number of every gradient to between −<paramref name="max"/> and <paramref name="max"/>.</summary>
    public static void ClipGradValue(this IEnumerable<Tensor> parameters, double max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        foreach (var g in parameters.Select(x => x.Grad).OfType<Tensor>()) g.CopyFrom(g.Clamp(-max, max));
    }

    /// <summary>The norm of all gradients together, from the norm of each; it belongs to the caller's scope, and what led to it to none.</summary>
    static Tensor Common(Tensor[] gradients, double p)
    {
        if (gradients.Length == 0) return Tensor.Zeros([], DType.Float64);
        var device = gradients[0].Device;
        Tensor norm;
        using (Scope.Begin()) norm = Tensor.Stack([.. gradients.Select(g => g.Norm(p).To(DType.Float64).To(device))]).Norm(p).Settle().Keep();
        Scope.Current?.Adopt(norm);
        return norm;
    }
}
