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
        Each(s, (xi, wi, yi) => { y[yi] += x[xi] * weight[wi]; scale[yi] += Math.Abs(x[xi] * weight[wi]); });
        return (y, scale);
    }

    public static (double[] Dx, double[] Dw, double[] Db, double[] ScaleX, double[] ScaleW, double[] ScaleB) Backward(ConvShape s, double[] x, double[] weight, double[] dy)
    {
        double[] dx = new double[x.Length], scaleX = new double[x.Length], dw = new double[weight.Length], scaleW = new double[weight.Length];
        double[] db = new double[s.OutChannels], scaleB = new double[s.OutChannels];
        for (int i = 0; i < dy.Length; i++) { db[i % s.OutChannels] += dy[i]; scaleB[i % s.OutChannels] += Math.Abs(dy[i]); }
        Each(s, (xi, wi, yi) =>
        {
            dx[xi] += weight[wi] * dy[yi]; scaleX[xi] += Math.Abs(weight[wi] * dy[yi]);
            dw[wi] += x[xi] * dy[yi]; scaleW[wi] += Math.Abs(x[xi] * dy[yi]);
        });
        return (dx, dw, db, scaleX, scaleW, scaleB);
    }

    static void Each(ConvShape s, Action<int, int, int> term)
    {
        for (int n = 0; n < s.Batch; n++)
            for (int oy = 0; oy < s.OutHeight; oy++)
                for (int ox = 0; ox < s.OutWidth; ox++)
                    for (int ky = 0; ky < s.KernelHeight; ky++)
                        for (int kx = 0; kx < s.KernelWidth; kx++)
                        {
                            int iy = oy * s.StrideHeight - s.PaddingHeight + ky * s.DilationHeight, ix = ox * s.StrideWidth - s.PaddingWidth + kx * s.DilationWidth;
                            if (iy < 0 || ix < 0 || iy >= s.Height || ix >= s.Width) continue;
                            for (int o = 0; o < s.OutChannels; o++)
                                for (int i = 0; i < s.GroupIn; i++)
                                    term(((n * s.Height + iy) * s.Width + ix) * s.InChannels + o / s.GroupOut * s.GroupIn + i,
                                        ((o * s.GroupIn + i) * s.KernelHeight + ky) * s.KernelWidth + kx, ((n * s.OutHeight + oy) * s.OutWidth + ox) * s.OutChannels + o);
                        }
    }
}
