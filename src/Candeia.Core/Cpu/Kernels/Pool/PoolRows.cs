namespace Candeia.Kernels;

/// <summary>How the rows of a batch are shared out: some rows of an image are an item.</summary>
internal readonly struct PoolRows
{
    const int Numbers = 1 << 14;                        // worth a thread

    readonly int _height, _rows, _bands;
    public readonly int Items;

    public PoolRows(int batch, int height, long numbersPerRow)
    {
        _height = height;
        _rows = (int)Math.Clamp(Numbers / Math.Max(1, numbersPerRow), 1, height);
        _bands = (height + _rows - 1) / _rows;
        Items = batch * _bands;
    }

    public (int Image, int From, int To) this[int item] => (item / _bands, item % _bands * _rows, Math.Min(_height, (item % _bands + 1) * _rows));
}
