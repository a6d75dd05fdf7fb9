using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>The middle dimension of [outer, n, inner], row-major without gaps, to one number each: [outer, inner], of tensors of one type.</summary>
internal readonly unsafe ref struct Reductions(Tensor x, Tensor y, long outer, long n, long inner)
{
    readonly Tensor _x = x, _y = y;
    readonly nint _outer = (nint)outer, _n = (nint)n, _inner = (nint)inner;

    /// <summary>What is subtracted from the numbers of each row before, one for each row, where rows lie one after the other; none as a rule.</summary>
    public Tensor? Around { get; init; }

    /// <summary>Whether there is something to say of nothing.</summary>
    public bool IsOfNothing => _n == 0 && _outer * _inner > 0;

    /// <summary>The sums.</summary>
    public void Sum()
    {
        bool waits = _x.Waits is not null && _inner == 1 && _y.DType == _x.DType && _x.DType is DType.Float32 or DType.Float64;
        if (!waits || !_x.Source!.TrySum(_y, _outer, _n)) Numbers.Run(_y.DType, new Adding(this));
    }

    /// <summary>The sums of squares.</summary>
    public void SumOfSquares()
    {
        if (Around is null) Numbers.RunFloat(_y.DType, new AddingPowers(this, squares: true));
        else Numbers.RunFloat(_y.DType, new AddingAround(this, Around));
    }

    /// <summary>The sums of distances from 0.</summary>
    public void SumOfMagnitudes() => Numbers.RunFloat(_y.DType, new AddingPowers(this, squares: false));

    /// <summary>The products.</summary>
    public void Prod() => Numbers.Run(_y.DType, new Products(this));

    /// <summary>The largest numbers, or the smallest.</summary>
    public void Extreme(bool smallest) => Numbers.RunReal(_y.DType, new Choosing(this, smallest));

    readonly ref struct Adding(Reductions r) : INumberCall
    {
        readonly Reductions _r = r;

        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var p = Pins.Of(_r._x, _r._y);
            Reduce.Sum(p.At<T>(0), p.At<T>(1), _r._outer, _r._n, _r._inner);
        }
    }

    readonly ref struct AddingPowers(Reductions r, bool squares) : IFloatCall
    {
        readonly Reductions _r = r;

        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(_r._x, _r._y);
            if (squares) Reduce.Squares(p.At<T>(0), p.At<T>(1), _r._outer, _r._n, _r._inner);
            else Reduce.Magnitudes(p.At<T>(0), p.At<T>(1), _r._outer, _r._n, _r._inner);
        }
    }

    readonly ref struct AddingAround(Reductions r, Tensor around) : IFloatCall
    {
        readonly Reductions _r = r;

        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(_r._x, around, _r._y);
            Reduce.SquaresAround(p.At<T>(0), p.At<T>(1), p.At<T>(2), _r._outer, _r._n);
        }
    }

    readonly ref struct Products(Reductions r) : INumberCall
    {
        readonly Reductions _r = r;

        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var p = Pins.Of(_r._x, _r._y);
            Reduce.Product(p.At<T>(0), p.At<T>(1), _r._outer, _r._n, _r._inner);
        }
    }

    readonly ref struct Choosing(Reductions r, bool smallest) : IRealCall
    {
        readonly Reductions _r = r;

        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var p = Pins.Of(_r._x, _r._y);
            if (smallest) Reduce.Min(p.At<T>(0), p.At<T>(1), _r._outer, _r._n, _r._inner);
            else Reduce.Max(p.At<T>(0), p.At<T>(1), _r._outer, _r._n, _r._inner);
        }
    }
}
