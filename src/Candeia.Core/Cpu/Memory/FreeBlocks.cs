namespace Candeia;

/// <summary>The unused blocks of one size. What was used last is used next; what lies at the bottom has not been needed for longest.</summary>
internal sealed class FreeBlocks
{
    nint[] _blocks = [];
    int _count, _unused, _unusedBefore;                                      // how many were never needed in this period, and in the one before

    /// <summary>When a block was last asked for.</summary>
    public long LastUse { get; private set; }

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public void Put(nint block)
    {
        lock (this)
        {
            if (_count == _blocks.Length) Array.Resize(ref _blocks, Math.Max(4, 2 * _count));
            _blocks[_count++] = block;
        }
    }

    public bool TryTake(long now, out nint block)
    {
        lock (this)
        {
            LastUse = now;
            block = _count == 0 ? 0 : _blocks[--_count];
            _unused = Math.Min(_unused, _count);
            return block != 0;
        }
    }

    /// <summary>Takes out as many blocks as asked, or as there are, those that were not needed for longest.</summary>
    public nint[] Drop(int most)
    {
        lock (this)
        {
            int dropped = Math.Min(most, _count);
            if (dropped == 0) return [];
            var blocks = _blocks[..dropped];
            _count -= dropped;
            Array.Copy(_blocks, dropped, _blocks, 0, _count);
            _unused = Math.Min(_unused, _count);
            return blocks;
        }
    }

    /// <summary>Begins another period, and takes out what two of them did not need.</summary>
    public nint[] DropUnused()
    {
        lock (this)
        {
            var blocks = Drop(Math.Min(_unused, _unusedBefore));
            (_unusedBefore, _unused) = (Math.Max(0, _unused - blocks.Length), _count);
            return blocks;
        }
    }
}
