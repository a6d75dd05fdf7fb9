namespace Candeia.Kernels;

/// <summary>Two statistics of each channel: from a block of rows, and from two groups of rows together.</summary>
internal unsafe interface IChannelStatistic<V> where V : unmanaged, ISimd<V>
{
    /// <summary>The statistics of some neighbouring channels over a few rows.</summary>
    static abstract void Block(in ChannelData data, nint stride, nint rows, int count, out V first, out V second);

    /// <summary>Joins the statistics of a group to those of <paramref name="rows"/> rows before it; it has <paramref name="share"/> of all of them.</summary>
    static abstract void Join(ref double first, ref double second, double rows, double first1, double second1, double share);

    /// <summary>What becomes of the second at the end.</summary>
    static abstract double Finish(double second, nint rows);
}

/// <summary>Reads a matrix [rows, channels] once; blocks of rows are read a second time while they lie in the cache.</summary>
internal static unsafe class ChannelStatistics<V, S> where V : unmanaged, ISimd<V> where S : struct, IChannelStatistic<V>
{
    const nint Few = 64;                                        // rows whose numbers are joined in double precision

    public static void Run(in ChannelData data, byte* first, byte* second, nint rows, nint channels)
    {
        nint piece = Math.Max(Few, Reducer.Grain / Math.Max(1, channels) / Few * Few), pieces = (rows + piece - 1) / piece;
        using var scratch = Scratch.Rent(pieces * 2 * channels * sizeof(double));
        var parts = (double*)scratch.Pointer;                    // [pieces, 2, channels]
        Workers.Split(rows, piece, new Work(data, parts, piece, channels));
        for (nint channel = 0; channel < channels; channel++)
        {
            double a = 0, b = 0;
            nint before = 0;
            for (nint i = 0; i < pieces; i++)
            {
                double* part = parts + i * 2 * channels + channel;
                nint here = Math.Min(piece, rows - before);
                S.Join(ref a, ref b, before, part[0], part[channels], Share(here, before));
                before += here;
            }
            Reducer.Write<V>(first + channel * V.Element, a);
            Reducer.Write<V>(second + channel * V.Element, S.Finish(b, rows));
        }
    }

    static double Share(nint rows, nint before) => (double)rows / (before + rows);

    readonly struct Work(ChannelData data, double* parts, nint piece, nint channels) : IRangeWork
    {
        readonly ChannelData _data = data;

        public void Run(nint from, nint to)
        {
            nint lanes = V.Size / V.Element, stride = channels * V.Element;
            double* firsts = parts + from / piece * 2 * channels, seconds = firsts + channels;
            new Span<double>(firsts, checked((int)(2 * channels))).Clear();
            for (nint row = from; row < to; row += Few)
            {
                nint rows = Math.Min(Few, to - row), before = row - from;
                double share = Share(rows, before);                         // here, since a division for each channel would take longer than its rows
                for (nint channel = 0; channel < channels; channel += lanes)
                {
                    int count = (int)Math.Min(lanes, channels - channel);
                    S.Block(_data.Move(row * stride + channel * V.Element, channel * V.Element), stride, rows, count, out V first, out V second);
                    for (int i = 0; i < count; i++)
                        S.Join(ref firsts[channel + i], ref seconds[channel + i], before, Reducer.Number(ref first, i), Reducer.Number(ref second, i), share);
                }
            }
        }
    }
}
