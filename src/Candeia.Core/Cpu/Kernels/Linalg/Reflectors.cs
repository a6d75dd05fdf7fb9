using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Householder's reflections I − τ·v·vᵀ, many at a time: the product of the first so many is I − V·T·Vᵀ with a triangular T (Schreiber and Van Loan, "A
/// storage-efficient WY representation", 1989). Element i of v with number j lies at i·row + j·step; it is 1 at i = j + first, and 0 above.
/// </summary>
internal static unsafe class Reflectors
{
    public const int Panel = 32;
    const int Few = 16;                                                      // reflections that are done before panels would be gathered

    /// <summary>Makes v in place of x, so that I − τ·v·vᵀ maps x to (β, 0, 0 …); its first element becomes β.</summary>
    public static T Make<T>(T* x, nint n, nint step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T rest = n > 1 ? Lines.Length(x + step, n - 1, step) : T.Zero, alpha = *x;
        if (rest == T.Zero) return T.Zero;
        T beta = T.CopySign(T.Hypot(alpha, rest), -alpha), scale = T.One / (alpha - beta);
        if (T.IsFinite(scale)) for (nint i = 1; i < n; i++) x[i * step] *= scale;
        else for (nint i = 1; i < n; i++) x[i * step] /= alpha - beta;
        *x = beta;
        return (beta - alpha) / beta;
    }

    /// <summary>V of some reflections as it is, from row j + first on, and their T.</summary>
    public static void Gather<T>(T* v, nint row, nint step, nint first, T* tau, nint m, nint j, nint width, T* full, T* t) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint top = j + first, rows = m - top;
        for (nint i = 0; i < rows; i++)
            for (nint k = 0; k < width; k++)
                full[i * width + k] = i < k ? T.Zero : i == k ? T.One : v[(top + i) * row + (j + k) * step];
        using var scratch = Scratch.Rent(width * width * sizeof(T));
        T* products = (T*)scratch.Pointer;
        Products.Multiply(full, 1, width, full, width, 1, products, width, width, width, rows);
        for (nint k = 0; k < width; k++)
        {
            for (nint i = 0; i < width; i++)
            {
                T sum = T.Zero;
                if (i < k) for (nint p = i; p < k; p++) sum += t[i * width + p] * products[p * width + k];
                t[i * width + k] = i < k ? -tau[j + k] * sum : i == k ? tau[j + k] : T.Zero;
            }
        }
    }

    /// <summary>C −= V·T·Vᵀ·C, or with Tᵀ.</summary>
    public static void Apply<T>(T* full, T* t, nint rows, nint width, bool transposed, T* c, nint cRow, nint columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows == 0 || columns == 0) return;
        using var scratch = Scratch.Rent(2 * width * columns * sizeof(T));
        T* w = (T*)scratch.Pointer, tw = w + width * columns;
        Products.Multiply(full, 1, width, c, cRow, 1, w, columns, width, columns, rows);
        Products.Multiply(t, transposed ? 1 : width, transposed ? width : 1, w, columns, 1, tw, columns, width, columns, width);
        Products.Subtract(full, width, 1, tw, columns, 1, c, cRow, rows, columns, width);
    }

    /// <summary>The first columns of the product of all reflections: what they make of the identity.</summary>
    public static void Form<T>(T* v, nint row, nint step, nint first, T* tau, nint count, nint m, T* q, nint qRow, nint columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Products.Identity(q, qRow, m, columns);
        if (count <= Few)
        {
            OneByOne(v, row, step, first, tau, count, m, q, qRow, columns);
            return;
        }
        using var one = Scratch.Rent(m * Panel * sizeof(T));
        using var two = Scratch.Rent(Panel * Panel * sizeof(T));
        for (nint j = (count - 1) / Panel * Panel; j >= 0 && count > 0; j -= Panel)
        {
            nint width = Math.Min(Panel, count - j), top = j + first;
            if (top >= columns) continue;                                    // these columns of the identity stay as they are
            Gather(v, row, step, first, tau, m, j, width, (T*)one.Pointer, (T*)two.Pointer);
            Apply((T*)one.Pointer, (T*)two.Pointer, m - top, width, transposed: false, q + top * qRow + top, qRow, columns - top);
        }
    }

    static void OneByOne<T>(T* v, nint row, nint step, nint first, T* tau, nint count, nint m, T* q, nint qRow, nint columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var scratch = Scratch.Rent(columns * sizeof(T));
        T* line = (T*)scratch.Pointer;
        for (nint j = count - 1; j >= 0; j--)
        {
            nint top = j + first, width = columns - top;
            if (width <= 0 || tau[j] == T.Zero) continue;
            T* at = q + top * qRow + top;
            new Span<T>(line, (int)width).Clear();
            line[0] = T.One;                                                 // what the identity has there
            for (nint i = top + 1; i < m; i++) Lines.Add(line, v[i * row + j * step], q + i * qRow + top, width);
            Lines.Add(at, -tau[j], line, width);
            for (nint i = top + 1; i < m; i++) Lines.Add(q + i * qRow + top, -tau[j] * v[i * row + j * step], line, width);
        }
    }
}

/// <summary>A = Q·R by reflections, panel by panel (LAPACK's geqrf). Input: A. Results: R, and Q, if there are so many.</summary>
internal readonly unsafe struct QrKernel : IRealKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint rows = m[0].Rows, n = m[0].Columns, k = Math.Min(rows, n);
        using var one = Scratch.Rent(rows * n * sizeof(T));
        using var two = Scratch.Rent((k + n) * sizeof(T));
        T* a = (T*)one.Pointer, tau = (T*)two.Pointer;
        m[0].CopyTo(a, n);
        Factor(a, rows, n, tau, tau + k);
        T* r = m[1].At<T>();
        for (nint i = 0; i < m[1].Rows; i++)
            for (nint j = 0; j < n; j++) r[i * n + j] = j < i ? T.Zero : a[i * n + j];
        if (m.Length > 2) Reflectors.Form(a, n, 1, 0, tau, k, rows, m[2].At<T>(), m[2].Row, m[2].Columns);
    }

    internal static void Factor<T>(T* a, nint m, nint n, T* tau, T* line) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint k = Math.Min(m, n);
        using var one = Scratch.Rent(m * Reflectors.Panel * sizeof(T));
        using var two = Scratch.Rent(Reflectors.Panel * Reflectors.Panel * sizeof(T));
        for (nint j = 0; j < k; j += Reflectors.Panel)
        {
            nint width = Math.Min(Reflectors.Panel, k - j), end = j + width, last = end == k ? n : end;
            if (k <= 2 * Reflectors.Panel) (width, end, last) = (k, k, n);
            for (nint c = j; c < end; c++)
            {
                tau[c] = Reflectors.Make(a + c * n + c, m - c, n);
                Column(a, m, n, c, last, tau[c], line);
            }
            if (last == n) break;
            Reflectors.Gather(a, n, 1, 0, tau, m, j, width, (T*)one.Pointer, (T*)two.Pointer);
            Reflectors.Apply((T*)one.Pointer, (T*)two.Pointer, m - j, width, transposed: true, a + j * n + end, n, n - end);
        }
    }

    /// <summary>Applies reflection c to the columns behind it.</summary>
    static void Column<T>(T* a, nint m, nint n, nint c, nint last, T tau, T* line) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint width = last - c - 1;
        if (tau == T.Zero || width == 0) return;
        T* top = a + c * n + c + 1;
        new ReadOnlySpan<T>(top, (int)width).CopyTo(new Span<T>(line, (int)width));
        for (nint i = c + 1; i < m; i++) Lines.Add(line, a[i * n + c], a + i * n + c + 1, width);
        Lines.Add(top, -tau, line, width);
        for (nint i = c + 1; i < m; i++) Lines.Add(a + i * n + c + 1, -tau * a[i * n + c], line, width);
    }
}

/// <summary>Input: A. Results: R and the reflections in one matrix, their factors.</summary>
internal readonly unsafe struct GeqrfKernel : IRealKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var scratch = Scratch.Rent(m[0].Columns * sizeof(T));
        m[0].CopyTo(m[1].At<T>(), m[1].Row);
        QrKernel.Factor(m[1].At<T>(), m[0].Rows, m[0].Columns, m[2].At<T>(), (T*)scratch.Pointer);
    }
}
