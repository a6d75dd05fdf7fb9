using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>Convolution by its definition, in double. The sums of absolute terms, beside each value, say how exact a result can be.</summary>
internal static class NaiveConvolution
{
    public static (double[] Y, double[] Scale) Forward(ConvShape s, double[] x, double[] weight, double[]? bias)
    {
        var y = new double[s.Batch * s.OutHeight * s.OutWidth * s.OutChannels];
        var scale = new double[y.Length];
        for (int i = 0; i < y.Length; i++) scale[i] = Math.Abs(y[i] = bias?[i % s.OutChannels] ?? 0);
        foreach (var (xi, wi, yi) in Terms(s))
            for (int i = 0, t = wi; i < s.GroupIn; i++, t += s.Taps)
            {
                double term = x[xi + i] * weight[t];
                y[yi] += term;
                scale[yi] += Math.Abs(term);
            }
        return (y, scale);
    }

    public static (double[] Dx, double[] Dw, double[] Db, double[] ScaleX, double[] ScaleW, double[] ScaleB) Backward(ConvShape s, double[] x,
        double[] weight, double[] dy)
    {
        double[] dx = new double[x.Length], scaleX = new double[x.Length], dw = new double[weight.Length], scaleW = new double[weight.Length];
        double[] db = new double[s.OutChannels], scaleB = new double[s.OutChannels];
        for (int i = 0; i < dy.Length; i++) { db[i % s.OutChannels] += dy[i]; scaleB[i % s.OutChannels] += Math.Abs(dy[i]); }
        foreach (var (xi, wi, yi) in Terms(s))
        {
            double g = dy[yi], size = Math.Abs(g);
            if (g == 0) continue;
            for (int i = 0, t = wi; i < s.GroupIn; i++, t += s.Taps)
            {
                dx[xi + i] += weight[t] * g; scaleX[xi + i] += Math.Abs(weight[t]) * size;
                dw[t] += x[xi + i] * g; scaleW[t] += Math.Abs(x[xi + i]) * size;
            }
        }
        return (dx, dw, db, scaleX, scaleW, scaleB);
    }

    /// <summary>
    /// Where each tap of each output begins: the input channels of its group lie side by side in x, and one filter apart in the weights.
    /// </summary>
    static IEnumerable<(int X, int Weight, int Y)> Terms(ConvShape s)
    {
        for (int n = 0; n < s.Batch; n++)
            for (int oy = 0; oy < s.OutHeight; oy++)
                for (int ox = 0; ox < s.OutWidth; ox++)
                    for (int ky = 0; ky < s.KernelHeight; ky++)
                        for (int kx = 0; kx < s.KernelWidth; kx++)
                        {
                            int iy = oy * s.StrideHeight - s.PaddingHeight + ky * s.DilationHeight,
                                ix = ox * s.StrideWidth - s.PaddingWidth + kx * s.DilationWidth;
                            if (iy < 0 || ix < 0 || iy >= s.Height || ix >= s.Width) continue;
                            for (int o = 0; o < s.OutChannels; o++)
                                yield return (((n * s.Height + iy) * s.Width + ix) * s.InChannels + o / s.GroupOut * s.GroupIn,
                                    (o * s.GroupIn * s.KernelHeight + ky) * s.KernelWidth + kx,
                                        ((n * s.OutHeight + oy) * s.OutWidth + ox) * s.OutChannels + o);
                        }
    }
}
