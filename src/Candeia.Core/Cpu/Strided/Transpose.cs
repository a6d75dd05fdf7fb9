using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Rows to columns, in squares that stay in the cache.</summary>
internal static unsafe class Transpose
{
    const int Square = 16;                                                   // elements: side of what is transposed at a time

    /// <summary>y[r, c] = x[c, r]: rows of y and columns of x at a distance, in elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run<T>(T* y, T* x, nint yRow, nint xColumn, nint rows, nint columns) where T : unmanaged
    {
        for (nint c = 0; c < columns; c += Square)
            for (nint r = 0; r < rows; r++)
                for (nint k = c, end = Math.Min(columns, c + Square); k < end; k++) y[r * yRow + k] = x[k * xColumn + r];
    }

    /// <summary>The same for numbers of 32 bits.</summary>
    public static void Run(float* y, float* x, nint yRow, nint xColumn, nint rows, nint columns)
    {
        if (columns == 3 && yRow == 3 && rows > 4 && Vector128.IsHardwareAccelerated)
        {
            nint done = rows - 1 & ~3;
            Threes(y, x, xColumn, done);
            Run<float>(y + done * 3, x + done, 3, xColumn, rows - done, 3);
            return;
        }
        nint wholeRows = Vector128.IsHardwareAccelerated ? rows & ~3 : 0, wholeColumns = columns & ~3;
        Fours(y, x, yRow, xColumn, wholeRows, wholeColumns);
        if (wholeColumns < columns) Run<float>(y + wholeColumns, x + wholeColumns * xColumn, yRow, xColumn, wholeRows, columns - wholeColumns);
        if (wholeRows < rows) Run<float>(y + wholeRows * yRow, x + wholeRows, yRow, xColumn, rows - wholeRows, columns);
    }

    /// <summary>Four rows of three columns, as the colours of pixels are, at a time. One number more is written behind each row, where the next row begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Threes(float* y, float* x, nint xColumn, nint rows)
    {
        for (nint r = 0; r < rows; r += 4, y += 12)
        {
            Vector128<float> p = Vector128.Load(x + r), q = Vector128.Load(x + xColumn + r), s = Vector128.Load(x + 2 * xColumn + r);
            Vector128<float> ps = Zip.Low(p, s), qq = Zip.Low(q, q);
            Zip.Low(ps, qq).Store(y);
            Zip.High(ps, qq).Store(y + 3);
            ps = Zip.High(p, s);
            qq = Zip.High(q, q);
            Zip.Low(ps, qq).Store(y + 6);
            Zip.High(ps, qq).Store(y + 9);
        }
    }

    /// <summary>Four rows and four columns at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Fours(float* y, float* x, nint yRow, nint xColumn, nint rows, nint columns)
    {
        for (nint c = 0; c < columns; c += 4)
            for (nint r = 0; r < rows; r += 4)
            {
                float* from = x + c * xColumn + r, to = y + r * yRow + c;
                Vector128<float> p = Vector128.Load(from), q = Vector128.Load(from + xColumn), s = Vector128.Load(from + 2 * xColumn), t = Vector128.Load(from + 3 * xColumn);
                Vector128<float> ps = Zip.Low(p, s), qt = Zip.Low(q, t);
                Zip.Low(ps, qt).Store(to);
                Zip.High(ps, qt).Store(to + yRow);
                ps = Zip.High(p, s);
                qt = Zip.High(q, t);
                Zip.Low(ps, qt).Store(to + 2 * yRow);
                Zip.High(ps, qt).Store(to + 3 * yRow);
            }
    }
}
