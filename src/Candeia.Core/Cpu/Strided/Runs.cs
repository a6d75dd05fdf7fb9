using System.Runtime.CompilerServices;
using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// Several tensors of one shape, cut into runs along the dimension that is fastest in the first tensor's memory.
/// Neighbouring dimensions that lie without gaps in all of them are merged, so dense tensors are one run. What is only stored (float16, bfloat16,
/// complex64) is widened block by block on the way to the computation and rounded on the way back. The memory of the tensors is held until this is
/// disposed of. Each thread uses one again and again.
/// </summary>
internal sealed unsafe class Runs : IDisposable
{
    const int MaxOperands = 4;
    const int Buffer = 8 << 10;                                              // bytes of each operand that are gathered at a time
    const int Segment = 1 << 14;                                             // elements: longer runs are divided
    const int Square = 16;                                                   // rows of a strip, where a matrix is too large for the cache and has many columns
    const int Numbers = 4096;                                                // a strip of few columns has at least
    const int Near = 256 << 10;                                              // bytes of a matrix that is transposed as a whole, read from front to back
    const int Task = 1 << 15;                                                // elements worth a thread

    [ThreadStatic] static Runs? s_spare, s_block;
    byte** _block;                                                           // neighbouring elements of each operand, where that is all
    int _count;
    int _operands, _width, _rank, _segments, _chunk;                         // the width is the rank before dimensions are merged; elements gathered at a time
    long _length, _runs;
    long[] _sizes = [];
    long[] _strides = [];                                                    // [operand · width + dim], in bytes
    Each<HostStorage?> _held;                                                // nobody else might: without it a block could come back to the pool under a kernel
    Each<nint> _first;
    Each<int> _elements;                                                     // bytes per element
    Each<DType> _types;
    Each<bool> _stored;                                                      // whether elements are widened for the computation

    Runs()
    {
    }

    /// <summary>The runs of these tensors, for as long as the result is not disposed of; elements that are only stored are computed with in their wide type.</summary>
    public static Runs Of(params ReadOnlySpan<Tensor> tensors) => Of(tensors, widens: true);

    /// <summary>The runs of these tensors, whose elements are moved as they are.</summary>
    public static Runs OfBits(params ReadOnlySpan<Tensor> tensors) => Of(tensors, widens: false);

    /// <summary>A single block, to be set again and again: how an op's code runs on memory that belongs to no tensor.</summary>
    public static Runs OfBlock()
    {
        var runs = s_block ?? new();
        s_block = null;
        return runs;
    }

    /// <summary>Says where the operands are, the output first.</summary>
    public void Set(byte** operands, int count)
    {
        _block = operands;
        _count = count;
    }

    static Runs Of(ReadOnlySpan<Tensor> tensors, bool widens)
    {
        var runs = s_spare ?? new();
        s_spare = null;
        runs.Cut(tensors, widens);
        return runs;
    }

    /// <summary>Lets go of the tensors, and leaves this to the thread's next use.</summary>
    public void Dispose()
    {
        if (_block != null)
        {
            _block = null;
            s_block = this;
            return;
        }
        for (int k = 0; k < _operands; k++) _held[k] = null;
        s_spare = this;
    }

    void Cut(ReadOnlySpan<Tensor> tensors, bool widens)
    {
        _operands = tensors.Length;
        var shape = tensors[0].Shape;
        _width = Math.Max(1, shape.Rank);
        var layouts = new Each<Layout>();
        _chunk = Buffer / sizeof(double);
        for (int k = 0; k < _operands; k++)
        {
            layouts[k] = tensors[k].Layout.Broadcast(shape);
            var type = tensors[k].DType;
            _elements[k] = type.Size();
            _types[k] = type;
            _stored[k] = widens && type.Wide() != type;
            _chunk = Math.Min(_chunk, Buffer / (widens ? type.Wide() : type).Size());
            _held[k] = (HostStorage)tensors[k].Storage;
            _first[k] = _held[k]!.Address + (nint)(layouts[k].Offset * _elements[k]);
        }
        if (_sizes.Length < _width) _sizes = new long[_width];
        if (_strides.Length < _operands * _width) _strides = new long[_operands * _width];
        _rank = Merge(layouts, shape);
        _length = _sizes[_rank - 1];
        _runs = 1;
        for (int d = 0; d < _rank - 1; d++) _runs *= _sizes[d];
        _segments = (int)((_length + Segment - 1) / Segment);
    }

    /// <summary>Does the work on all runs, on all threads where it pays.</summary>
    public void Run<TBody>(in TBody body) where TBody : struct, IElementwise
    {
        if (_block != null)
        {
            body.Run(new(_block, _count));
            return;
        }
        if (_length == 0 || _runs == 0) return;
        long pieces = _runs * _segments, perTask = Math.Max(1, Task / Math.Min(_length, Segment));
        int tasks = checked((int)((pieces + perTask - 1) / perTask));
        if (tasks == 1) Pieces(body, 0, pieces);
        else Workers.Run(tasks, new Work<TBody>(this, body, perTask, pieces));
    }

    /// <summary>
    /// Copies the second tensor to the first, if one's rows are the other's columns, in squares that stay in the cache: what changes channels-last
    /// to row-major and back.
    /// </summary>
    public bool TryTranspose()
    {
        int width = _width, size = _elements[0];
        if (_operands != 2 || _rank < 2 || _elements[1] != size || size < 2 || _stored[0] || _stored[1]) return false;
        if (_strides[_rank - 1] != size || _strides[width + _rank - 2] != size || _strides[width + _rank - 1] == size) return false;
        if (_runs == 0 || _length == 0) return true;
        long rows = _sizes[_rank - 2], matrices = _runs / rows, height = rows * _length * size <= Near ? rows : Math.Max(Square, Numbers / _length), strips = (rows + height - 1) / height;
        if (matrices * rows * _length <= Task) for (int i = 0; i < matrices * strips; i++) Strip(i, strips, height);
        else Workers.Run(checked((int)(matrices * strips)), new StripWork(this, strips, height));
        return true;
    }

    /// <summary>Something for each operand.</summary>
    [InlineArray(MaxOperands)]
    struct Each<T>
    {
        T _of0;
    }

    readonly struct StripWork(Runs runs, long strips, long height) : IWork
    {
        public void Run(int item) => runs.Strip(item, strips, height);
    }

    /// <summary>Some rows of a matrix, all columns.</summary>
    void Strip(long item, long strips, long height)
    {
        byte** at = stackalloc byte*[MaxOperands];
        long rows = _sizes[_rank - 2], first = item % strips * height, last = Math.Min(rows, first + height);
        Locate(item / strips * rows + first, 0, at);
        nint yRow = (nint)_strides[_rank - 2], xColumn = (nint)_strides[_width + _rank - 1];
        nint count = (nint)(last - first), columns = (nint)_length;
        switch (_elements[0])
        {
            case 2: Transpose.Run((short*)at[0], (short*)at[1], yRow / 2, xColumn / 2, count, columns); break;
            case 4: Transpose.Run((float*)at[0], (float*)at[1], yRow / 4, xColumn / 4, count, columns); break;
            case 8: Transpose.Run((long*)at[0], (long*)at[1], yRow / 8, xColumn / 8, count, columns); break;
            case 16: Transpose.Run((Int128*)at[0], (Int128*)at[1], yRow / 16, xColumn / 16, count, columns); break;
            case var size: throw new NotSupportedException($"No elements are moved that have {size} bytes.");
        }
    }

    readonly struct Work<TBody>(Runs runs, TBody body, long perTask, long pieces) : IWork where TBody : struct, IElementwise
    {
        public void Run(int item) => runs.Pieces(body, item * perTask, Math.Min(pieces, (item + 1) * perTask));
    }

    /// <summary>Orders the dimensions from the slowest to the fastest of the first tensor, and merges those that are one in memory.</summary>
    int Merge(in Each<Layout> layouts, Shape shape)
    {
        int rank = 0, width = _width;
        var order = layouts[0].Order(stackalloc int[shape.Rank]);
        for (int i = order.Length - 1; i >= 0; i--)
        {
            int d = order[i];
            if (shape[d] == 1) continue;
            bool merges = rank > 0;
            for (int k = 0; merges && k < _operands; k++)
                merges = _strides[k * width + rank - 1] == layouts[k].Strides[d] * _elements[k] * shape[d];
            if (!merges) _sizes[rank++] = 1;
            _sizes[rank - 1] *= shape[d];
            for (int k = 0; k < _operands; k++) _strides[k * width + rank - 1] = layouts[k].Strides[d] * _elements[k];
        }
        if (rank > 0) return rank;
        _sizes[0] = 1;
        for (int k = 0; k < _operands; k++) _strides[k * width] = _elements[k];
        return 1;
    }

    [SkipLocalsInit]
    void Pieces<TBody>(TBody body, long from, long to) where TBody : struct, IElementwise
    {
        byte* buffers = stackalloc byte[(MaxOperands + 1) * Buffer];
        byte** start = stackalloc byte*[MaxOperands];
        long* at = stackalloc long[_rank];
        long run = from / _segments, begin = from % _segments * Segment;
        Locate(run, begin, start);
        for (int d = _rank - 2; d >= 0; d--) (run, at[d]) = Math.DivRem(run, _sizes[d]);
        bool direct = IsDirect(TBody.TakesNumbers, out int numbers);
        for (long piece = from; piece < to; piece++)
        {
            long count = Math.Min(Segment, _length - begin);
            if (direct) body.Run(new(start, (int)count, numbers));
            else Piece(body, start, buffers, count);
            if (begin + count < _length)
            {
                begin += count;
                for (int k = 0; k < _operands; k++) start[k] += count * _strides[k * _width + _rank - 1];
            }
            else
            {
                Next(start, at, begin);
                begin = 0;
            }
        }
    }

    /// <summary>Whether all operands' elements are neighbours of the type that is computed with, but for one that may be a number: its bit is set.</summary>
    bool IsDirect(bool takesNumber, out int numbers)
    {
        bool direct = true;
        numbers = 0;
        for (int k = 0; k < _operands; k++)
        {
            long stride = _strides[k * _width + _rank - 1];
            if (takesNumber && stride == 0 && k > 0 && numbers == 0) numbers = 1 << k;
            else direct &= stride == _elements[k];
            direct &= !_stored[k];
        }
        return direct;
    }

    /// <summary>From a place in one run to the beginning of the next.</summary>
    void Next(byte** start, long* at, long begin)
    {
        int width = _width, last = _rank - 1;
        if (begin > 0) for (int k = 0; k < _operands; k++) start[k] -= begin * _strides[k * width + last];
        for (int d = last - 1; d >= 0; d--)
        {
            for (int k = 0; k < _operands; k++) start[k] += _strides[k * width + d];
            if (++at[d] < _sizes[d]) return;
            at[d] = 0;
            for (int k = 0; k < _operands; k++) start[k] -= _sizes[d] * _strides[k * width + d];
        }
    }

    void Locate(long run, long begin, byte** start)
    {
        int width = _width;
        for (int k = 0; k < _operands; k++) start[k] = (byte*)_first[k] + begin * _strides[k * width + _rank - 1];
        for (int d = _rank - 2; d >= 0 && run > 0; d--)
        {
            (run, long index) = Math.DivRem(run, _sizes[d]);
            for (int k = 0; k < _operands; k++) start[k] += index * _strides[k * width + d];
        }
    }

    void Piece<TBody>(in TBody body, byte** start, byte* buffers, long count) where TBody : struct, IElementwise
    {
        byte** p = stackalloc byte*[MaxOperands];
        byte* spare = buffers + MaxOperands * Buffer;
        int width = _width, last = _rank - 1;
        if (TBody.Moves && !_stored[0] && !_stored[1] && _strides[last] == _elements[0])
        {
            Gather.Run(start[1], _strides[width + last], start[0], (int)count, _elements[0]);
            return;
        }
        for (long done = 0; done < count; done += _chunk)
        {
            int n = (int)Math.Min(_chunk, count - done);
            for (int k = 0; k < _operands; k++)
            {
                long stride = _strides[k * width + last];
                byte* at = start[k] + done * stride;
                p[k] = stride == _elements[k] && !_stored[k] ? at : buffers + k * Buffer;
                if (k == 0 || p[k] == at || stride == 0 && done > 0) continue;
                if (_stored[k]) Gather.Widened(at, stride, p[k], n, _types[k], spare);
                else Gather.Run(at, stride, p[k], n, _elements[k]);
            }
            body.Run(new(p, n));
            long step = _strides[last];
            byte* to = start[0] + done * step;
            if (p[0] == to) continue;
            if (_stored[0]) Gather.BackRounded(p[0], to, step, n, _types[0], spare);
            else Gather.Back(p[0], to, step, n, _elements[0]);
        }
    }
}
