using System.Numerics;

namespace Candeia.Kernels;

/// <summary>What is done to a matrix before its eigenvalues are sought.</summary>
internal static unsafe class Balancing
{
    /// <summary>Scales rows and columns by powers of two until both have about the same size (Parlett and Reinsch, 1969): badly scaled matrices lose less.</summary>
    public static void Run<T>(T* h, int n, double* scale) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < n; i++) scale[i] = 1;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < n; i++)
            {
                double column = 0, row = 0, f = 1;
                for (int j = 0; j < n; j++)
                {
                    if (j == i) continue;
                    column += Size(h[j * n + i]);
                    row += Size(h[i * n + j]);
                }
                if (column == 0 || row == 0 || !double.IsFinite(column + row)) continue;
                double sum = column + row;
                for (; column < row / 2; column *= 4) f *= 2;
                for (; column >= row * 2; column /= 4) f /= 2;
                if ((column + row) / f >= 0.95 * sum) continue;
                changed = true;
                scale[i] *= f;
                T up = T.CreateTruncating(f), down = T.CreateTruncating(1 / f);
                for (int j = 0; j < n; j++) h[i * n + j] *= down;
                for (int j = 0; j < n; j++) h[j * n + i] *= up;
            }
        }
    }

    static double Size<T>(T x) where T : unmanaged, INumberBase<T> => double.CreateTruncating(T.Abs(x));
}
