using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Givens' rotations of pairs of rows, gathered until they pay and then done for some columns at a time, which stay in the cache, on all threads. The order
/// is that in which they were added.
/// </summary>
internal sealed unsafe class Rotations<T>(T* rows, nint row, nint columns) where T : unmanaged, IFloatingPointIeee754<T>
{
    const int Strip = 64, Most = 1 << 14;
    readonly List<(int X, int Y, T C, T S)> _gathered = [];

    /// <summary>(x, y) = (c·x + s·y, c·y − s·x).</summary>
    public void Add(nint x, nint y, double c, double s)
    {
        if (rows == null) return;
        _gathered.Add(((int)x, (int)y, T.CreateTruncating(c), T.CreateTruncating(s)));
        if (_gathered.Count == Most) Finish();
    }

    public void Finish()
    {
        if (_gathered.Count == 0) return;
        Workers.Split(columns, Strip, new Work(this));
        _gathered.Clear();
    }

    readonly struct Work(Rotations<T> all) : IRangeWork
    {
        public void Run(nint from, nint to) => all.Some(from, to - from);
    }

    void Some(nint from, nint count)
    {
        foreach (var (x, y, c, s) in _gathered) Lines.Rotate(rows + x * row + from, rows + y * row + from, c, s, count);
    }
}
