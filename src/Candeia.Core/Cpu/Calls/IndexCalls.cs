using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>Tensors for the kernels that read, write and add where an index says.</summary>
internal static unsafe class IndexCalls
{
    /// <summary>part[i, j] = whole[i, index[i, j]] for dimension 1.</summary>
    public static void Read(Tensor whole, int dim, Tensor index, Tensor part) => Along(whole, dim, index, part, IndexAction.Read);

    /// <summary>whole[i, index[i, j]] = part[i, j] for dimension 1; of several at one place, the last stays.</summary>
    public static void Write(Tensor whole, int dim, Tensor index, Tensor part) => Along(whole, dim, index, part, IndexAction.Write);

    /// <summary>whole[i, index[i, j]] += part[i, j] for dimension 1.</summary>
    public static void Add(Tensor whole, int dim, Tensor index, Tensor part) => Along(whole, dim, index, part, IndexAction.Add);

    /// <summary>whole[i, index[i, j]] becomes its product with part[i, j], or the larger or smaller of both, for dimension 1.</summary>
    public static void Meet(Tensor whole, int dim, Tensor index, Tensor part, ScatterReduction reduction) => Along(whole, dim, index, part, reduction switch
    {
        ScatterReduction.Prod => IndexAction.Multiply,
        ScatterReduction.Amax => IndexAction.Larger,
        ScatterReduction.Amin => IndexAction.Smaller,
        _ => IndexAction.Add,
    });

    static void Along(Tensor whole, int dim, Tensor index, Tensor part, IndexAction action)
    {
        var shape = index.Shape;
        long[] strides = whole.Layout.Strides.ToArray();
        long scale = shape.Rank == 0 ? 1 : strides[dim];
        int size = shape.Rank == 0 ? 1 : whole.Shape[dim];
        bool[] indexed = new bool[shape.Rank];
        if (shape.Rank > 0) (strides[dim], indexed[dim]) = (0, true);
        var way = Way(shape, strides, part.Layout.Strides, index.Layout.Strides, indexed, action, scale, (ulong)size, 0);
        if (!Run(action, way, whole, part, index)) throw OutOfRange(index, size, negative: false);
    }

    /// <summary>part[.., i, ..] = whole[.., index₁[i], .., index₂[i], ..]: positions in several dimensions; negative ones count from the end.</summary>
    public static void Pick(Tensor whole, Dims dims, ReadOnlySpan<Tensor> indices, Tensor part) => Across(whole, dims, indices, part, IndexAction.Read);

    /// <summary>whole[.., index₁[i], .., index₂[i], ..] = part[.., i, ..]; of several at one place, the last stays.</summary>
    public static void Put(Tensor whole, Dims dims, ReadOnlySpan<Tensor> indices, Tensor part) => Across(whole, dims, indices, part, IndexAction.Write);

    /// <summary>whole[.., index₁[i], .., index₂[i], ..] += part[.., i, ..].</summary>
    public static void PutAdd(Tensor whole, Dims dims, ReadOnlySpan<Tensor> indices, Tensor part) => Across(whole, dims, indices, part, IndexAction.Add);

    static void Across(Tensor whole, Dims dims, ReadOnlySpan<Tensor> indices, Tensor part, IndexAction action)
    {
        // What a single index counts from the front is read where it says; who finds that something does not exist there looks for what counts from the end.
        if (action == IndexAction.Read && indices.Length == 1 && Run(action, Way(indices[0], whole.Layout.Strides[dims[0]], (ulong)whole.Shape[dims[0]], 0), whole, part, indices[0])) return;
        var (places, first) = Places(whole, dims, indices);
        Run(action, Way(places, 1, ulong.MaxValue, first), whole, part, places);

        Indexed Way(Tensor places, long scale, ulong size, long first)
        {
            int at = PickOp.Place(dims), left = 0;
            long[] wholeStrides = new long[part.Rank], indexStrides = new long[part.Rank];
            bool[] indexed = new bool[part.Rank];
            for (int d = 0; d < part.Rank; d++)
            {
                if (d >= at && d < at + places.Rank) (indexed[d], indexStrides[d]) = (true, places.Layout.Strides[d - at]);
                else
                {
                    while (((ReadOnlySpan<int>)dims).Contains(left)) left++;
                    wholeStrides[d] = whole.Layout.Strides[left++];
                }
            }
            return IndexCalls.Way(part.Shape, wholeStrides, part.Layout.Strides, indexStrides, indexed, action, scale, size, first);
        }
    }

    /// <summary>Where several indices together point, in elements from the place in front of all others; and that place, from the tensor's first element.</summary>
    static (Tensor Places, long First) Places(Tensor whole, Dims dims, ReadOnlySpan<Tensor> indices)
    {
        var shape = PickOp.Together(indices);
        var places = Device.Cpu.Empty(Layout.Of(shape), DType.Int64);
        long first = 0;
        for (int k = 0; k < indices.Length; k++)
        {
            var index = indices[k].Layout.Broadcast(shape);
            int size = whole.Shape[dims[k]];
            long scale = whole.Layout.Strides[dims[k]];
            if (scale < 0) first += (size - 1) * scale;
            var nest = new Nest(shape.Rank);
            for (int d = 0; d < shape.Rank; d++) nest.Add(new(shape[d], places.Layout.Strides[d], index.Strides[d], 0));
            using var pins = Pins.Of(places, indices[k]);
            if (!PlaceRuns.Go(nest, pins.At<long>(0), pins.At<long>(1), size, scale, k == 0)) throw OutOfRange(indices[k], size, negative: true);
        }
        return (places, first);
    }

    /// <summary>The loops from the shape of the part; where something is written, those that may come to the same place run one after the other.</summary>
    static Indexed Way(Shape shape, ReadOnlySpan<long> whole, ReadOnlySpan<long> part, ReadOnlySpan<long> index, bool[] indexed, IndexAction action, long scale, ulong size, long first)
    {
        var nest = new Nest(shape.Rank);
        bool reads = action == IndexAction.Read;
        int last = shape.Rank - 1;
        while (last >= 0 && shape[last] == 1) last--;
        bool isRunApart = reads || last < 0 || !indexed[last];
        for (int d = 0; d < shape.Rank; d++)
            if (reads || !indexed[d] && d != last) nest.Add(new(shape[d], whole[d], part[d], index[d]));
        int apart = nest.Count;
        if (!reads)
        {
            bool inner = false;                                              // loops that may come to the same place do not merge with those that do not
            for (int d = 0; d < shape.Rank; d++)
            {
                if (!indexed[d]) continue;
                nest.Add(new(shape[d], whole[d], part[d], index[d]), inner);
                inner |= shape[d] != 1;
            }
            if (last >= 0 && !indexed[last]) nest.Add(new(shape[last], whole[last], part[last], index[last]), merges: false);
        }
        var run = nest.TakeLast();
        return new(nest, reads ? nest.Count : Math.Min(apart, nest.Count), run, isRunApart, scale, size, first);
    }

    static bool Run(IndexAction action, Indexed way, Tensor whole, Tensor part, Tensor index)
    {
        bool good = true;
        if (action is IndexAction.Larger or IndexAction.Smaller) Numbers.RunReal(whole.DType, new Choose(action, way, whole, part, index, ref good));
        else if (action == IndexAction.Multiply) Numbers.Run(whole.DType, new Multiply(way, whole, part, index, ref good));
        else if (action != IndexAction.Add) Numbers.RunBits(whole.DType, new Move(action, way, whole, part, index, ref good));
        else if (whole.DType == DType.Bool)
        {
            using var pins = Pins.Of(whole, part, index);
            good = way.Go<byte, OrRun>(pins.At<byte>(0), pins.At<byte>(1), pins.At<long>(2));
        }
        else Numbers.Run(whole.DType, new Sum(way, whole, part, index, ref good));
        return good;
    }

    readonly ref struct Move(IndexAction action, Indexed way, Tensor whole, Tensor part, Tensor index, ref bool good) : IBitsCall
    {
        readonly ref bool _good = ref good;

        public void Run<T>() where T : unmanaged
        {
            using var pins = Pins.Of(whole, part, index);
            _good = action == IndexAction.Read ? way.Go<T, ReadRun<T>>(pins.At<T>(0), pins.At<T>(1), pins.At<long>(2)) : way.Go<T, WriteRun<T>>(pins.At<T>(0), pins.At<T>(1), pins.At<long>(2));
        }
    }

    readonly ref struct Multiply(Indexed way, Tensor whole, Tensor part, Tensor index, ref bool good) : INumberCall
    {
        readonly ref bool _good = ref good;

        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var pins = Pins.Of(whole, part, index);
            _good = way.Go<T, MeetingRun<T, MultiplyMeeting<T>>>(pins.At<T>(0), pins.At<T>(1), pins.At<long>(2));
        }
    }

    readonly ref struct Choose(IndexAction action, Indexed way, Tensor whole, Tensor part, Tensor index, ref bool good) : IRealCall
    {
        readonly ref bool _good = ref good;

        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var pins = Pins.Of(whole, part, index);
            _good = action == IndexAction.Larger ? way.Go<T, MeetingRun<T, LargerMeeting<T>>>(pins.At<T>(0), pins.At<T>(1), pins.At<long>(2))
                : way.Go<T, MeetingRun<T, SmallerMeeting<T>>>(pins.At<T>(0), pins.At<T>(1), pins.At<long>(2));
        }
    }

    readonly ref struct Sum(Indexed way, Tensor whole, Tensor part, Tensor index, ref bool good) : INumberCall
    {
        readonly ref bool _good = ref good;

        public void Run<T>() where T : unmanaged, INumberBase<T>
        {
            using var pins = Pins.Of(whole, part, index);
            _good = way.Go<T, AddRun<T>>(pins.At<T>(0), pins.At<T>(1), pins.At<long>(2));
        }
    }

    static ArgumentOutOfRangeException OutOfRange(Tensor index, int size, bool negative)
    {
        long wrong = index.ToArray<long>().First(i => i >= size || i < (negative ? -size : 0));
        return new(nameof(index), $"Index {wrong} is not within a dimension of size {size}.{(wrong < 0 && wrong >= -size ? " Negative positions count from the end in x[…] only." : "")}");
    }

    enum IndexAction { Read, Write, Add, Multiply, Larger, Smaller }
}
