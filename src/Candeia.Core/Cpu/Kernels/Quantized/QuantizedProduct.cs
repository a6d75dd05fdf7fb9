using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// x·Wᵀ of rows that become whole numbers, each by itself or all alike, and weights of eight bits. The sums are exact, so a row has the same bits in every batch and on
/// every machine.
/// </summary>
internal static unsafe class QuantizedProduct
{
    const nint Grain = 1 << 19, RowGrain = 1 << 14, RowsMost = 84;     // multiply-adds in an item; numbers to be made whole in an item; rows that a panel meets at once

    /// <summary>What is multiplied.</summary>
    /// <param name="Rows">Of x, [rows, inputs], and of y, [rows, columns].</param>
    /// <param name="Columns">Of y; rows of the weights, [columns, inputs].</param>
    /// <param name="Inputs">Numbers in a row of x.</param>
    /// <param name="Fixed">How all numbers of x become whole; a scale of 0 where each row finds its own.</param>
    /// <param name="Relu">Whether what is negative becomes zero.</param>
    internal readonly record struct Sizes(nint Rows, nint Columns, nint Inputs, Quantizing Fixed, bool Relu);

    /// <summary>Scales and, where there is a bias, its numbers belong to the columns.</summary>
    public static void Run(in Sizes sizes, float* x, sbyte* weight, float* scales, float* bias, float* y, KeptWeights.Source source) =>
        Whole.Run(new Call(sizes, x, weight, scales, bias, y, source));

    internal readonly struct Call(Sizes sizes, float* x, sbyte* weight, float* scales, float* bias, float* y, KeptWeights.Source source) : IWholeCall
    {
        public void Run<W>() where W : unmanaged, IWhole<W>
        {
            if (sizes.Rows == 0 || sizes.Columns == 0) return;
            using var packed = QuantizedWeights.Of<W>(weight, sizes.Columns, sizes.Inputs, 1, 1, source);
            nint row = QuantizedWeights.Steps<W>(1, sizes.Inputs) * 4;
            using var whole = Scratch.Rent(sizes.Rows * row);
            using var how = Scratch.Rent(sizes.Rows * sizeof(Quantizing));
            Workers.Split(sizes.Rows, Math.Max(1, RowGrain / Math.Max(1, sizes.Inputs)), new RowsWork<W>(sizes, x, whole.Pointer, row, (Quantizing*)how.Pointer));
            var work = new Work<W>(sizes, whole.Pointer, row, (Quantizing*)how.Pointer, packed.Panels, new(packed.Sums, scales, bias, sizes.Columns, sizes.Relu), y);
            Workers.Run(work.Items, work);
        }
    }

    readonly struct RowsWork<W>(Sizes sizes, float* x, byte* whole, nint row, Quantizing* how) : IRangeWork where W : unmanaged, IWhole<W>
    {
        public void Run(nint from, nint to)
        {
            for (nint i = from; i < to; i++)
            {
                float* numbers = x + i * sizes.Inputs;
                var own = sizes.Fixed;
                if (own.Scale == 0)
                {
                    var (least, greatest) = Quantizing.Range(numbers, sizes.Inputs);
                    own = Quantizing.Around(least, greatest, own.Most);
                }
                how[i] = own;
                byte* end = own.Run(numbers, sizes.Inputs, whole + i * row, W.Element);
                new Span<byte>(end, (int)(whole + (i + 1) * row - end)).Clear();
            }
        }
    }

    readonly struct Work<W> : IWork where W : unmanaged, IWhole<W>
    {
        readonly Sizes _sizes;
        readonly byte* _whole, _panels;
        readonly nint _row, _panel, _group, _groups, _blocks;
        readonly Quantizing* _how;
        readonly QuantizedEnding _ending;
        readonly float* _y;

        public Work(in Sizes sizes, byte* whole, nint row, Quantizing* how, byte* panels, in QuantizedEnding ending, float* y)
        {
            (_sizes, _row, _ending) = (sizes, row, ending);
            _whole = whole; _how = how; _panels = panels; _y = y;
            nint width = WholeKernel<W>.Width, all = (sizes.Columns + width - 1) / width;
            _panel = row * width;
            _blocks = (sizes.Rows + RowsMost - 1) / RowsMost;
            _group = Math.Clamp(Grain / Math.Max(1, Math.Min(sizes.Rows, RowsMost) * width * sizes.Inputs), 1, all);
            _groups = (all + _group - 1) / _group;
        }

        public int Items => (int)(_blocks * _groups);

        [SkipLocalsInit]
        public void Run(int item)
        {
            nint width = WholeKernel<W>.Width, first = item % _groups * _group * width, block = item / _groups;
            var rows = new Cut(_sizes.Rows, _blocks);
            nint top = rows[block], height = rows[block + 1] - top, tiles = (height + WholeKernel<W>.MaxRows - 1) / WholeKernel<W>.MaxRows;
            var cut = new Cut(height, tiles);
            int* sums = stackalloc int[WholeKernel<W>.MaxRows * (int)width];
            for (nint column = first; column < Math.Min(_sizes.Columns, first + _group * width); column += width)
                for (nint tile = 0; tile < tiles; tile++)
                {
                    nint i = top + cut[tile], count = cut[tile + 1] - cut[tile];
                    var t = new WholeTile { Lines = 1, Steps = _row / 4, ARow = _row, A = _whole + i * _row, B = _panels + column / width * _panel, To = sums };
                    WholeKernel<W>.Of[count](t);
                    _ending.Run(sums, width, column, count, _how + i, 1, _y + i * _sizes.Columns + column, _sizes.Columns);
                }
        }
    }
}
