using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// Weights in the order in which a kernel reads them, kept beside the weights themselves. What is asked for a second time, while nobody has written to what it was
/// made of, is copied and found from then on: a network that only predicts packs its weights twice, and one that learns keeps nothing.
/// </summary>
internal sealed unsafe class KeptWeights
{
    const int Most = 2;                                                     // kernels that read one weight in orders of their own

    /// <summary>Who lends the memory of the weights, if it is not the pool's.</summary>
    public SafeBuffer? Lender { get; init; }

    readonly Lock _lock = new();
    readonly List<Entry> _entries = [];

    /// <summary>Which kernel reads, and in what registers.</summary>
    public readonly record struct Reader(string Kernel, int Lanes, int Groups);

    /// <summary>What packed weights are made of: a tensor, and perhaps two that scale it, as they were at a moment.</summary>
    public readonly record struct Source
    {
        readonly Storage _weight;
        readonly Storage? _one, _other;
        readonly int _version, _oneVersion, _otherVersion;
        readonly long _offset, _oneOffset, _otherOffset;
        readonly double _number;

        /// <summary>As they are now.</summary>
        /// <param name="weight">The weights.</param>
        /// <param name="one">What scales them.</param>
        /// <param name="other">What scales them too.</param>
        /// <param name="number">And a number that takes part.</param>
        public Source(Tensor weight, Tensor? one = null, Tensor? other = null, double number = 0)
        {
            (_weight, _one, _other, _number) = (weight.Storage, one?.Storage, other?.Storage, number);
            (_version, _oneVersion, _otherVersion) = (_weight.Version, _one?.Version ?? 0, _other?.Version ?? 0);
            (_offset, _oneOffset, _otherOffset) = (weight.Layout.Offset, one?.Layout.Offset ?? 0, other?.Layout.Offset ?? 0);
        }

        KeptWeights Kept => ((HostStorage)_weight).Kept;

        /// <summary>What was kept for a reader, if it still holds; whoever reads it holds the block.</summary>
        public Block? Find(Reader reader) => _weight is null ? null : Kept.Find(reader, this);

        /// <summary>Shows what was packed for a reader, which is copied if it is the second time.</summary>
        public void Offer(Reader reader, byte* packed, nint bytes)
        {
            if (_weight is not null) Kept.Offer(reader, this, packed, bytes);
        }
    }

    Block? Find(Reader reader, in Source source)
    {
        lock (_lock)
        {
            foreach (var entry in _entries) if (entry.Reader == reader) return entry.Source == source ? entry.Block : null;
            return null;
        }
    }

    void Offer(Reader reader, in Source source, byte* packed, nint bytes)
    {
        lock (_lock)
        {
            var entry = _entries.Find(e => e.Reader == reader);
            if (entry is null)
            {
                if (_entries.Count == Most) _entries.RemoveAt(0);
                _entries.Add(new(reader) { Source = source });
            }
            else if (entry.Source != source) (entry.Source, entry.Block) = (source, null);
            else entry.Block ??= new(packed, bytes);
        }
    }

    sealed class Entry(Reader reader)
    {
        public Reader Reader { get; } = reader;
        public Source Source { get; set; }
        public Block? Block { get; set; }
    }

    /// <summary>A copy that lives until nobody holds it.</summary>
    public sealed class Block
    {
        readonly nint _bytes;

        public Block(byte* from, nint bytes)
        {
            _bytes = bytes;
            Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
            Buffer.MemoryCopy(from, Pointer, bytes, bytes);
            GC.AddMemoryPressure(bytes);
        }

        public byte* Pointer { get; }

        ~Block()
        {
            NativeMemory.AlignedFree(Pointer);
            GC.RemoveMemoryPressure(_bytes);
        }
    }
}
