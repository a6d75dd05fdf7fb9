using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// A convolution of images, channel by channel in memory, that become whole numbers, all alike, with weights of eight bits. An item makes the rows that it needs whole,
/// with what stands for 0 around them; then a row of the kernel is one run of numbers.
/// </summary>
internal static unsafe class QuantizedConvolution
{
    const int CopyBytes = 128 << 10;

    /// <summary>Convolutions of one group, whose taps are neighbours.</summary>
    public static void Run(in ConvShape shape, Quantizing how, bool relu, float* x, sbyte* weight, float* scales, float* bias, float* y, KeptWeights.Source source)
    {
        if (shape.Flatten() is { Taps: 1, Height: 1, StrideWidth: 1, IsPadded: false } flat)
            QuantizedProduct.Run(new(flat.Batch * flat.Width, flat.OutChannels, flat.InChannels, how, relu), x, weight, scales, bias, y, source);
        else Whole.Run(new Call(shape, how, relu, x, weight, scales, bias, y, source));
    }

    internal readonly struct Call(ConvShape shape, Quantizing how, bool relu, float* x, sbyte* weight, float* scales, float* bias, float* y, KeptWeights.Source source) : IWholeCall
    {
        public void Run<W>() where W : unmanaged, IWhole<W>
        {
            using var packed = QuantizedWeights.Of<W>(weight, shape.OutChannels, shape.InChannels, shape.KernelHeight, shape.KernelWidth, source);
            var work = new Work<W>(shape, how, x, packed.Panels, new(packed.Sums, scales, bias, shape.OutChannels, relu), y);
            Workers.Run(work.Items, work);
        }
    }

    readonly struct Work<W> : IWork where W : unmanaged, IWhole<W>
    {
        readonly ConvShape _shape;
        readonly Quantizing _how;
        readonly float* _x, _y;
        readonly byte* _weights;
        readonly QuantizedEnding _ending;
        readonly nint _pixel, _line, _panel, _panels;
        readonly int _columns, _bandRows, _bands, _parts;

        public Work(in ConvShape shape, Quantizing how, float* x, byte* weights, in QuantizedEnding ending, float* y)
        {
            (_shape, _how, _ending) = (shape, how, ending);
            _x = x; _weights = weights; _y = y;
            nint width = WholeKernel<W>.Width;
            _pixel = QuantizedWeights.Steps<W>(1, shape.InChannels) * 4;
            _columns = (shape.OutWidth - 1) * shape.StrideWidth + shape.KernelWidth;
            _line = _columns * _pixel;
            _panel = shape.Taps * _pixel * width;
            _panels = (shape.OutChannels + width - 1) / width;
            int wanted = 4 * Threads.Count, fit = (int)Math.Max(1, (CopyBytes / _line - shape.KernelHeight) / shape.StrideHeight + 1);
            _bands = (shape.OutHeight + fit - 1) / fit;
            _bandRows = (shape.OutHeight + _bands - 1) / _bands;
            _bands = (shape.OutHeight + _bandRows - 1) / _bandRows;
            _parts = (int)Math.Clamp(wanted / Math.Max(1, (long)shape.Batch * _bands), 1, _panels);    // few images share out the weights
        }

        public int Items => _shape.Batch * _bands * _parts;

        [SkipLocalsInit]
        public void Run(int item)
        {
            var (s, width) = (_shape, WholeKernel<W>.Width);
            int part = item % _parts, band = item / _parts % _bands, image = item / _parts / _bands, top = band * _bandRows, rows = Math.Min(_bandRows, s.OutHeight - top);
            int copyRows = (rows - 1) * s.StrideHeight + s.KernelHeight;
            using var copy = Scratch.Rent(copyRows * _line + (nint)s.Width * s.InChannels * W.Element);
            for (int i = 0; i < copyRows; i++) Row(image, top * s.StrideHeight - s.PaddingHeight + i, copy.Pointer + i * _line, copy.Pointer + copyRows * _line);
            int* sums = stackalloc int[WholeKernel<W>.MaxRows * width];
            var cut = new Cut(s.OutWidth, (s.OutWidth + WholeKernel<W>.MaxRows - 1) / WholeKernel<W>.MaxRows);
            var how = _how;
            var t = new WholeTile { Lines = s.KernelHeight, Steps = s.KernelWidth * _pixel / 4, ARow = s.StrideWidth * _pixel, ALine = _line, To = sums };
            for (nint panel = part * _panels / _parts; panel < (part + 1) * _panels / _parts; panel++)
                for (int row = 0; row < rows; row++)
                    for (nint tile = 0, i, count; (i = cut[tile]) < s.OutWidth; tile++)
                    {
                        count = cut[tile + 1] - i;
                        t.A = copy.Pointer + row * s.StrideHeight * _line + i * t.ARow;
                        t.B = _weights + panel * _panel;
                        WholeKernel<W>.Of[count](t);
                        float* to = _y + (((nint)image * s.OutHeight + top + row) * s.OutWidth + i) * s.OutChannels + panel * width;
                        _ending.Run(sums, width, panel * width, count, &how, 0, to, s.OutChannels);
                    }
        }

        /// <summary>A row of an image with its margins, or one beyond it; by way of one without, where pixels are filled up to whole steps.</summary>
        void Row(int image, int row, byte* to, byte* dense)
        {
            byte* end = to + _line;
            int left = row < 0 || row >= _shape.Height ? _columns : Math.Min(_columns, _shape.PaddingWidth), pixels = Math.Min(_shape.Width, _columns - left);
            nint pixel = _shape.InChannels * W.Element;
            Zeros(to, to += left * _pixel);
            if (pixels > 0)
            {
                bool fills = _pixel == pixel;
                _how.Run(_x + ((nint)image * _shape.Height + row) * _shape.Width * _shape.InChannels, (nint)pixels * _shape.InChannels, fills ? to : dense, W.Element);
                if (!fills) Spread(dense, pixel, to, _pixel, pixels);
                to += pixels * _pixel;
            }
            Zeros(to, end);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        static void Spread(byte* from, nint pixel, byte* to, nint step, int pixels)
        {
            for (; pixels > 0; pixels--, from += pixel, to += step)
                for (nint i = 0; i < step; i++) to[i] = i < pixel ? from[i] : (byte)0;
        }

        void Zeros(byte* from, byte* to)
        {
            if (W.Element == 1) new Span<byte>(from, (int)(to - from)).Fill((byte)_how.Zero);
            else new Span<short>(from, (int)(to - from) / 2).Fill((short)_how.Zero);
        }
    }
}
