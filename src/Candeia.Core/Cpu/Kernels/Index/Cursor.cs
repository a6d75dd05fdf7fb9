namespace Candeia.Kernels;

/// <summary>A place in the loops of a <see cref="Nest"/>, with where the three operands are there.</summary>
internal ref struct Cursor
{
    readonly Nest _nest;
    readonly Span<long> _at;

    /// <summary>The place after a number of steps, in memory for the counts that the caller lends.</summary>
    public Cursor(Nest nest, long steps, Span<long> at)
    {
        _nest = nest;
        _at = at;
        for (int d = nest.Count - 1; d >= 0; d--)
        {
            ref readonly var loop = ref nest[d];
            (steps, at[d]) = Math.DivRem(steps, loop.Size);
            A += at[d] * loop.A;
            B += at[d] * loop.B;
            C += at[d] * loop.C;
        }
    }

    public long A { get; private set; }

    public long B { get; private set; }

    public long C { get; private set; }

    /// <summary>One step on; after the last, the first again.</summary>
    public void Next()
    {
        for (int d = _nest.Count - 1; d >= 0; d--)
        {
            ref readonly var loop = ref _nest[d];
            A += loop.A;
            B += loop.B;
            C += loop.C;
            if (++_at[d] < loop.Size) return;
            _at[d] = 0;
            A -= loop.Size * loop.A;
            B -= loop.Size * loop.B;
            C -= loop.Size * loop.C;
        }
    }
}
