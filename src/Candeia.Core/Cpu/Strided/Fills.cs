namespace Candeia;

/// <summary>One number everywhere in memory without gaps.</summary>
internal static unsafe class Fills
{
    /// <summary>Writes a number of the same type into every element of a dense tensor.</summary>
    public static void Run(Tensor y, Tensor number)
    {
        if (y.Numel == 0) return;
        using var p = Pins.Of(number, y);
        byte* from = p.Element(0, number.Layout.Offset), to = p.Element(1, y.Layout.Offset);
        switch (y.DType.Size())
        {
            case 1: Fill(*from, to, y.Numel); break;
            case 2: Fill(*(short*)from, (short*)to, y.Numel); break;
            case 4: Fill(*(int*)from, (int*)to, y.Numel); break;
            case 8: Fill(*(long*)from, (long*)to, y.Numel); break;
            default: Fill(*(Int128*)from, (Int128*)to, y.Numel); break;
        }
    }

    static void Fill<T>(T value, T* to, long count) where T : unmanaged
    {
        for (long done = 0; done < count; done += 1 << 30) new Span<T>(to + done, (int)Math.Min(1 << 30, count - done)).Fill(value);
    }
}
