namespace Candeia.Kernels;

/// <summary>
/// The 4×4 tiles of a batch of outputs, in order, and the memory of one chunk of them: for each of 36 frequencies a matrix of tiles by channels.
/// Between frequencies lie 16 numbers more than needed, or all 36 would fall on the same lines of the cache.
/// </summary>
internal readonly struct WinogradTiles
{
    public const int Frequencies = 36;
    const int Gap = 64;                                                          // bytes

    readonly int _rows;
    public readonly int Columns, PerImage, Chunk, Total;

    public WinogradTiles(in ConvShape shape, ConvPool pool, int registers)
    {
        int step = pool == ConvPool.None ? 1 : 2, height = shape.OutHeight / step * step, width = shape.OutWidth / step * step;
        Columns = (width + 3) / 4;
        _rows = (height + 3) / 4;
        PerImage = _rows * Columns;
        Total = checked(shape.Batch * PerImage);
        Chunk = registers >= 32 ? 28 : 24;
    }

    public (int Image, int Top, int Left) this[int tile] => (tile / PerImage, tile % PerImage / Columns * 4, tile % Columns * 4);
    public void Advance(ref (int Image, int Top, int Left) at)
    {
        at.Left += 4;
        if (at.Left < 4 * Columns) return;
        at.Left = 0;
        at.Top += 4;
        if (at.Top < 4 * _rows) return;
        at.Top = 0;
        at.Image++;
    }

    /// <summary>Bytes from frequency to frequency.</summary>
    public nint Stride(nint rowBytes) => Chunk * rowBytes + Gap;
}
