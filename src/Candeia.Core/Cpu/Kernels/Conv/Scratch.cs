using System.Runtime.InteropServices;

namespace Candeia.Kernels;

/// <summary>
/// Memory for the time of a call, 64-byte aligned and not cleared. Each thread keeps its blocks, so that a steady step allocates nothing;
/// rents end in reverse order.
/// </summary>
internal readonly unsafe ref struct Scratch
{
    [ThreadStatic] static Blocks? t_blocks;
    readonly Blocks _blocks;
    public readonly byte* Pointer;

    Scratch(Blocks blocks, nint bytes)
    {
        _blocks = blocks;
        Pointer = blocks.Rent(bytes);
    }

    public static Scratch Rent(nint bytes) => new(t_blocks ??= new Blocks(), bytes);

    public void Dispose() => _blocks.Return();

    /// <summary>A stack of blocks: the one at depth d serves whatever is rented at depth d, and grows with it.</summary>
    sealed class Blocks
    {
        readonly List<(nint Pointer, nint Bytes)> _blocks = [];
        int _depth;

        public byte* Rent(nint bytes)
        {
            if (_depth == _blocks.Count) _blocks.Add((0, 0));
            var (pointer, size) = _blocks[_depth];
            if (size < bytes)
            {
                NativeMemory.AlignedFree((void*)pointer);
                _blocks[_depth] = (0, 0);
                size = Math.Max(bytes + bytes / 8, 4096);
                pointer = (nint)NativeMemory.AlignedAlloc((nuint)size, 64);
                _blocks[_depth] = (pointer, size);
            }
            _depth++;
            return (byte*)pointer;
        }

        public void Return() => _depth--;

        ~Blocks()
        {
            foreach (var (pointer, _) in _blocks) NativeMemory.AlignedFree((void*)pointer);
        }
    }
}
