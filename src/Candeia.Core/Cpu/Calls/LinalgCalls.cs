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
        readonly int[] _batch;
        readonly nint[] _steps;                                // bytes, [operand · rank of the batch + dimension]
        readonly (nint First, int Rows, int Columns, nint Row, nint Column)[] _operands;

        public Places(Shape batch, ReadOnlySpan<int> ranks, ReadOnlySpan<Tensor> operands, Pins pins)
        {
            _batch = [.. batch.Sizes];
            _steps = new nint[operands.Length * batch.Rank];
            _operands = new (nint, int, int, nint, nint)[operands.Length];
            Count = (nint)batch.Numel;
            double largest = 1;
            for (int k = 0; k < operands.Length; k++)
            {
                var x = operands[k];
                var layout = x.Layout.Broadcast(Shape.Create([.. batch.Sizes, .. x.Shape.Sizes[^ranks[k]..]]));
                int size = x.DType.Size(), rows = ranks[k] > 0 ? layout.Shape[batch.Rank] : 1, columns = ranks[k] > 1 ? layout.Shape[^1] : 1;
                for (int d = 0; d < batch.Rank; d++) _steps[k * batch.Rank + d] = (nint)layout.Strides[d] * size;
                nint row = ranks[k] > 0 ? (nint)layout.Strides[batch.Rank] : 1, column = ranks[k] > 1 ? (nint)layout.Strides[^1] : 1;
                _operands[k] = ((nint)pins.Element(k, layout.Offset), rows, columns, row, column);
                largest = Math.Max(largest, (double)rows * columns * Math.Min(rows, columns));
            }
            Grain = (nint)Math.Max(1, LinalgCalls.Grain / largest);
        }

        public nint Count { get; }

        public nint Grain { get; }

        public ReadOnlySpan<Matrix> Find(nint item, Matrix* to)
        {
            for (int k = 0; k < _operands.Length; k++)
            {
                var (at, rows, columns, row, column) = _operands[k];
                nint rest = item;
                for (int d = _batch.Length - 1; d > 0; d--)
                {
                    (rest, nint index) = Math.DivRem(rest, _batch[d]);
                    at += index * _steps[k * _batch.Length + d];
                }
                if (_batch.Length > 0) at += rest * _steps[k * _batch.Length];
                to[k] = new((void*)at, rows, columns, row, column);
            }
            return new(to, _operands.Length);
        }
    }
}
