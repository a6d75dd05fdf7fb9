namespace Candeia.NN;

/// <summary>What <see cref="Embedding"/> and <see cref="EmbeddingBag"/> do with the rows of a weight.</summary>
internal static class EmbeddingRows
{
    /// <summary>The rows of a vector of indices; those that stand for nothing get no gradient, and others perhaps less, the more often they occur.</summary>
    public static Tensor Of(Tensor weight, Tensor index, int? paddingIdx, bool scaleGradByFreq)
    {
        var rows = weight.IndexSelect(0, index);
        if (!rows.RequiresGrad || paddingIdx is null && !scaleGradByFreq) return rows;
        var share = Tensor.Ones([index.Shape[0]], weight.DType, weight.Device);
        if (scaleGradByFreq)
        {
            var counts = Tensor.Zeros([weight.Shape[0]], weight.DType, weight.Device).IndexAdd(0, index, share);
            share /= counts.IndexSelect(0, index);
        }
        if (paddingIdx is { } nothing) share = share.MaskedFill(index.Eq(nothing), 0);
        rows.RegisterHook(grad => grad * share.Unsqueeze(1));
        return rows;
    }

    /// <summary>Shortens those rows, in place, that are used and too long.</summary>
    public static void Renormalize(Tensor weight, Tensor index, double most, double normType)
    {
        using var _ = Autograd.NoGrad();
        using var scope = Scope.Begin();
        long[] used = [.. index.ToArray<long>().Distinct()];
        if (used.Length == 0) return;
        var places = Tensor.From(used, device: weight.Device);
        var rows = weight.Detach().IndexSelect(0, places);
        var norms = rows.Norm(normType, [1], keepDim: true);
        var shorter = (norms > most).Where(rows * (most / (norms + 1e-7)), rows);
        weight.Detach()[places] = shorter;
    }
}
