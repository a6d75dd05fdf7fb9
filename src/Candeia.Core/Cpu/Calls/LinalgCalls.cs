using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Kernels for one matrix, run for every matrix of a batch; the items of a batch are spread over the threads.</summary>
internal static unsafe class LinalgCalls
{
    const int Most = 6;                                        // operands
    const double Grain = 1 << 16;                              // elements of matrices, times their size, in an item

    /// <summary>Runs a kernel for float32, float64 and complex128.</summary>
    /// <param name="kernel">What is done with the matrices of one item.</param>
    /// <param name="batch">The leading sizes, to which those of every operand broadcast.</param>
    /// <param name="ranks">What lies behind them in each operand: two sizes are a matrix, one is a vector, none a number.</param>
    /// <param name="operands">Inputs and results, in the order in which the kernel expects them.</param>
    public static void Run<TKernel>(TKernel kernel, Shape batch, ReadOnlySpan<int> ranks, params ReadOnlySpan<Tensor> operands) where TKernel : struct, IFieldKernel =>
        Numbers.RunField(operands[0].DType, new FieldCall<TKernel>(kernel, batch, ranks, operands));

    /// <summary>Runs a kernel for float32 and float64.</summary>
    public static void RunReal<TKernel>(TKernel kernel, Shape batch, ReadOnlySpan<int> ranks, params ReadOnlySpan<Tensor> operands) where TKernel : struct, IRealKernel =>
        Numbers.RunFloat(operands[0].DType.IsFloatingPoint() ? operands[0].DType : DType.Float64, new RealCall<TKernel>(kernel, batch, ranks, operands));

    /// <summary>Runs a kernel for complex128.</summary>
    public static void RunComplex<TKernel>(TKernel kernel, Shape batch, ReadOnlySpan<int> ranks, params ReadOnlySpan<Tensor> operands)
        where TKernel : struct, IComplexKernel
    {
        using var p = Pins.Of(operands);
        var places = new Places(batch, ranks, operands, p);
        Workers.Split(places.Count, places.Grain, new ComplexWork<TKernel>(kernel, places));
    }

    readonly ref struct FieldCall<TKernel>(TKernel kernel, Shape batch, ReadOnlySpan<int> ranks, ReadOnlySpan<Tensor> operands) : INumberCall where TKernel : struct, IFieldKernel
    {
        readonly ReadOnlySpan<int> _ranks = ranks;
        readonly ReadOnlySpan<Tensor> _operands = operands;

        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var p = Pins.Of(_operands);
            var places = new Places(batch, _ranks, _operands, p);
            Workers.Split(places.Count, places.Grain, new FieldWork<T, TKernel>(kernel, places));
        }
    }

    readonly ref struct RealCall<TKernel>(TKernel kernel, Shape batch, ReadOnlySpan<int> ranks, ReadOnlySpan<Tensor> operands) : IFloatCall where TKernel : struct, IRealKernel
    {
        readonly ReadOnlySpan<int> _ranks = ranks;
        readonly ReadOnlySpan<Tensor> _operands = operands;

        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(_operands);
            var places = new Places(batch, _ranks, _operands, p);
            Workers.Split(places.Count, places.Grain, new RealWork<T, TKernel>(kernel, places));
        }
    }

    readonly struct FieldWork<T, TKernel>(TKernel kernel, Places places) : IRangeWork where T : unmanaged, INumberBase<T> where TKernel : struct, IFieldKernel
    {
        public void Run(nint from, nint to)
        {
            Matrix* at = stackalloc Matrix[Most];
            for (nint i = from; i < to; i++) kernel.Run<T>(places.Find(i, at));
        }
    }

    readonly struct RealWork<T, TKernel>(TKernel kernel, Places places) : IRangeWork where T : unmanaged, IFloatingPointIeee754<T> where TKernel : struct, IRealKernel
    {
        public void Run(nint from, nint to)
        {
            Matrix* at = stackalloc Matrix[Most];
            for (nint i = from; i < to; i++) kernel.Run<T>(places.Find(i, at));
        }
    }

    readonly struct ComplexWork<TKernel>(TKernel kernel, Places places) : IRangeWork where TKernel : struct, IComplexKernel
    {
        public void Run(nint from, nint to)
        {
            Matrix* at = stackalloc Matrix[Most];
            for (nint i = from; i < to; i++) kernel.Run(places.Find(i, at));
        }
    }

    /// <summary>Where the matrices of each item lie.</summary>
    sealed class Places
    {
        readonly Shape _batch;
        readonly (nint First, Layout Layout, int Size)[] _operands;

        public Places(Shape batch, ReadOnlySpan<int> ranks, ReadOnlySpan<Tensor> operands, Pins pins)
        {
            _batch = batch;
            _operands = new (nint, Layout, int)[operands.Length];
            Count = (nint)batch.Numel;
            double largest = 1;
            for (int k = 0; k < operands.Length; k++)
            {
                var x = operands[k];
                var shape = Shape.Create([.. batch.Sizes, .. x.Shape.Sizes[^ranks[k]..]]);
                _operands[k] = ((nint)pins.Element(k, 0), x.Layout.Broadcast(shape), x.DType.Size());
                largest = Math.Max(largest, Core(shape) is var (rows, columns) ? (double)rows * columns * Math.Min(rows, columns) : 1);
            }
            Grain = (nint)Math.Max(1, LinalgCalls.Grain / largest);
        }

        public nint Count { get; }

        public nint Grain { get; }

        (int Rows, int Columns) Core(Shape shape) => (shape.Rank - _batch.Rank) switch { 0 => (1, 1), 1 => (shape[^1], 1), _ => (shape[^2], shape[^1]) };

        public ReadOnlySpan<Matrix> Find(nint item, Matrix* to)
        {
            for (int k = 0; k < _operands.Length; k++)
            {
                var (first, layout, size) = _operands[k];
                long at = layout.Offset;
                nint rest = item;
                for (int d = _batch.Rank - 1; d >= 0; d--)
                {
                    (rest, nint index) = Math.DivRem(rest, _batch[d]);
                    at += index * layout.Strides[d];
                }
                var (rows, columns) = Core(layout.Shape);
                nint row = layout.Shape.Rank > _batch.Rank ? (nint)layout.Strides[_batch.Rank] : 1, column = layout.Shape.Rank > _batch.Rank + 1 ? (nint)layout.Strides[^1] : 1;
                to[k] = new((byte*)first + at * size, rows, columns, row, column);
            }
            return new(to, _operands.Length);
        }
    }
}
