using Candeia.NN;

namespace Candeia.Vision;

/// <summary>Convolutions whose windows bend.</summary>
public static class DeformableOps
{
    /// <summary>
    /// A convolution that looks, instead of at the places of its window, at places that are moved, each by what another layer says
    /// (<see href="https://arxiv.org/abs/1811.11168">Zhu et al. 2018</see>).
    /// </summary>
    /// <param name="x">[n, c, h, w].</param>
    /// <param name="offset">[n, 2 · groups · places, rows, columns]: for each place of the window how far down and how far to the right it is moved, in pixels.</param>
    /// <param name="weight">[out, c / groups of the convolution, high, wide].</param>
    /// <param name="bias">A number added to each output channel, [out]; nothing, if none is given.</param>
    /// <param name="stride">How far the window goes on.</param>
    /// <param name="padding">Zeros around the picture.</param>
    /// <param name="dilation">How far apart the places of the window are.</param>
    /// <param name="mask">How much each place counts, [n, groups · places, rows, columns]; all alike, if none is given.</param>
    /// <returns>[n, out, rows, columns].</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <example><code>
    /// Tensor x = Tensor.Arange(0, 9, dtype: DType.Float32).Reshape(1, 1, 3, 3), right = Tensor.Zeros([1, 2, 3, 3]);
    /// right[.., 1] = 1;                                                    // a window of one place, moved by one pixel
    /// Console.WriteLine(string.Join(' ', x.DeformConv2d(right, Tensor.Ones([1, 1, 1, 1])).Round().ToArray&lt;float&gt;()));       // → 1 2 0 4 5 0 7 8 0
    /// </code></example>
    public static Tensor DeformConv2d(this Tensor x, Tensor offset, Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(offset);
        ArgumentNullException.ThrowIfNull(weight);
        if (x.Rank != 4 || weight.Rank != 4 || offset.Rank != 4) throw new ShapeException($"Pictures, weights and offsets have four dimensions, not {x.Shape}, {weight.Shape} and {offset.Shape}.");
        int count = x.Shape[0], channels = x.Shape[1], height = x.Shape[2], width = x.Shape[3], output = weight.Shape[0], each = weight.Shape[1], high = weight.Shape[2], wide = weight.Shape[3];
        int rows = Steps(height, high), columns = Steps(width, wide), places = high * wide, bent = offset.Shape[1] / (2 * places);
        if (bent < 1 || channels % bent != 0 || offset.Shape != [count, 2 * bent * places, rows, columns])
            throw new ShapeException($"Offsets of windows {high}×{wide} on {x.Shape} are [{count}, {2 * places} or a multiple, {rows}, {columns}], not {offset.Shape}.");
        if (each < 1 || channels % each != 0 || output % (channels / each) != 0) throw new ShapeException($"Weights {weight.Shape} do not fit {channels} channels.");
        if (mask is not null && mask.Shape != [count, bent * places, rows, columns]) throw new ShapeException($"A mask of these windows is [{count}, {bent * places}, {rows}, {columns}], not {mask.Shape}.");
        Tensor down = Tensor.Arange(0, rows, dtype: x.DType, device: x.Device).Reshape(rows, 1) * stride - padding, right = Tensor.Arange(0, columns, dtype: x.DType, device: x.Device) * stride - padding;
        List<Tensor> parts = [];
        for (int group = 0; group < bent; group++)
        {
            var part = x.Narrow(1, group * (channels / bent), channels / bent);
            Tensor[] seen = new Tensor[places];
            for (int place = 0; place < places; place++)
            {
                int at = group * places + place;
                Tensor y = offset.Select(1, 2 * at) + (down + place / wide * dilation), across = offset.Select(1, 2 * at + 1) + (right + place % wide * dilation);
                seen[place] = part.GridSample(Tensor.Stack([(across * 2 + 1) / width - 1, (y * 2 + 1) / height - 1], 3));
                if (mask is not null) seen[place] *= mask.Narrow(1, at, 1);
            }
            parts.Add(Tensor.Stack(seen, 2));                                 // [n, c / bent, places, rows, columns]
        }
        int groups = channels / each;
        var windows = Tensor.Cat([.. parts], 1).Reshape(count, groups, each * places, rows * columns);
        var result = weight.Reshape(groups, output / groups, each * places).MatMul(windows).Reshape(count, output, rows, columns);
        return bias is null ? result : result + bias.Reshape(output, 1, 1);

        int Steps(int size, int kernel) => Math.Max(0, (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1);
    }
}
