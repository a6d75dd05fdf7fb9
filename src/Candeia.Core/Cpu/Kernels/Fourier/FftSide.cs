using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>What the elements of sequences are: complex numbers, real ones, or pairs of neighbouring real ones that are transformed as if they were complex.</summary>
internal enum FftForm { Complex, Real, Pairs }

/// <summary>One side of a transform: sequences along a dimension of a tensor, read into real and imaginary parts in double precision, and written from these.</summary>
internal readonly unsafe struct FftSide<T> where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    const int Most = 8;                                        // sequences at a time
    readonly T* _first;
    readonly Layout _layout;
    readonly int _dim, _numbers;                               // numbers of an element of the tensor
    readonly nint _step, _other;                               // from a real part to the next, and to its imaginary part; 0 where there is none

    public FftSide(void* first, Layout layout, int dim, FftForm form)
    {
        _first = (T*)first;
        (_layout, _dim, _numbers) = (layout, dim, form == FftForm.Complex ? 2 : 1);
        nint stride = layout.Shape.Rank == 0 ? 1 : (nint)layout.Strides[dim];
        (_step, _other) = form switch { FftForm.Complex => (2 * stride, 1), FftForm.Real => (stride, 0), _ => (2 * stride, stride) };
    }

    /// <summary>Elements from … to − 1 of s sequences: element k of the i-th at k·s + i.</summary>
    public void Read(nint line, nint s, nint from, nint to, double* re, double* im)
    {
        T** at = stackalloc T*[Most];
        for (nint i = 0; i < s; i++) at[i] = At(line + i) + from * _step;
        nint count = to - from, done = 0;
        re += from * s;
        im += from * s;
        if (IsDense && s == 1)
        {
            done = count & ~1;
            ReadTwo(at[0], at[0] + 2, 4, re, im, 2, done / 2);
        }
        for (nint i = 0; IsDense && i + 2 <= s; i += 2) ReadTwo(at[i], at[i + 1], 2, re + i, im + i, s, count);
        for (nint k = done, first = IsDense && s > 1 ? s & ~1 : 0; k < count && first < s; k++)
            for (nint i = first; i < s; i++)
            {
                T* x = at[i] + k * _step;
                (re[k * s + i], im[k * s + i]) = (double.CreateTruncating(*x), _other == 0 ? 0 : double.CreateTruncating(x[_other]));
            }
    }

    /// <summary>Writes elements from … to − 1, times a factor; if mirrored is not 0, their conjugates to the places that many less the elements' own.</summary>
    public void Write(nint line, nint s, nint from, nint to, double* re, double* im, double scale, nint mirrored = 0)
    {
        T** at = stackalloc T*[Most];
        nint step = mirrored == 0 ? _step : -_step, count = to - from, done = 0;
        double other = mirrored == 0 ? scale : -scale;
        for (nint i = 0; i < s; i++) at[i] = At(line + i) + (mirrored == 0 ? from : mirrored - from) * _step;
        re += from * s;
        im += from * s;
        if (IsDense && s == 1)
        {
            done = count & ~1;
            WriteTwo(at[0], at[0] + step, 2 * step, re, im, 2, done / 2, scale, other);
        }
        for (nint i = 0; IsDense && i + 2 <= s; i += 2) WriteTwo(at[i], at[i + 1], step, re + i, im + i, s, count, scale, other);
        for (nint k = done, first = IsDense && s > 1 ? s & ~1 : 0; k < count && first < s; k++)
            for (nint i = first; i < s; i++)
            {
                T* y = at[i] + k * step;
                *y = T.CreateTruncating(re[k * s + i] * scale);
                if (_other != 0) y[_other] = T.CreateTruncating(im[k * s + i] * other);
            }
    }

    bool IsDense => _step == 2 && _other == 1 && Vector128.IsHardwareAccelerated;

    /// <summary>The first number of a sequence.</summary>
    T* At(nint line)
    {
        nint at = 0;
        for (int d = _layout.Shape.Rank - 1; d >= 0; d--)
        {
            if (d == _dim) continue;
            (line, nint index) = Math.DivRem(line, _layout.Shape[d]);
            at += index * (nint)_layout.Strides[d];
        }
        return _first + at * _numbers;
    }

    /// <summary>Two sequences of neighbouring real and imaginary parts, side by side.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void ReadTwo(T* a, T* b, nint step, double* re, double* im, nint s, nint count)
    {
        for (nint k = 0; k < count; k++, a += step, b += step, re += s, im += s)
        {
            Vector128<double> x = Load(a), y = Load(b);
            Zip.Low(x, y).Store(re);
            Zip.High(x, y).Store(im);
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void WriteTwo(T* a, T* b, nint step, double* re, double* im, nint s, nint count, double scale, double other)
    {
        Vector128<double> p = Vector128.Create(scale), q = Vector128.Create(other);
        for (nint k = 0; k < count; k++, a += step, b += step, re += s, im += s)
        {
            Vector128<double> x = Vector128.Load(re) * p, y = Vector128.Load(im) * q;
            Store(a, Zip.Low(x, y));
            Store(b, Zip.High(x, y));
        }
    }

    [MethodImpl(AggressiveInlining)]
    static Vector128<double> Load(T* p) => typeof(T) == typeof(float) ? Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(double*)p).AsSingle()) : Vector128.Load((double*)p);

    [MethodImpl(AggressiveInlining)]
    static void Store(T* p, Vector128<double> pair)
    {
        if (typeof(T) == typeof(double)) pair.Store((double*)p);
        else *(double*)p = (Sse2.IsSupported ? Sse2.ConvertToVector128Single(pair) : Vector128.Narrow(pair, pair)).AsDouble().ToScalar();
    }
}
