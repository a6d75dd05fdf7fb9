namespace Candeia;

/// <summary>
/// A random number generator whose numbers are a function of (seed, keys of the splits, position) and of nothing else: the same on every machine,
/// with every instruction set and for any number of threads. Philox4x32-10 underneath; continuous distributions use only operations that IEEE 754
/// rounds exactly.
/// </summary>
/// <remarks>
/// The stream is a row of 32-bit words. Single-precision, Boolean and 32-bit draws use one word, double-precision and 64-bit draws two; filling a
/// span uses as many as drawing its elements one after another, and gives the same values. A generator may be used from several threads, none of
/// which then knows which part of the stream it gets; whoever needs that to be fixed gives each piece of work its own <see cref="Split"/>.
/// </remarks>
public sealed partial class Generator
{
    // Splitting reads blocks under another key than drawing does, so no stream contains the identity of its children.
    const ulong Splitting = 0x243F6A8885A308D3;

    static Generator s_default = new(0);
    [ThreadStatic] static Generator? s_used;
    ulong _key, _stream, _position;

    /// <summary>The stream of a seed, from its start.</summary>
    public Generator(ulong seed) => _key = seed;

    /// <summary>Goes on where <paramref name="state"/> was taken.</summary>
    public Generator(GeneratorState state) => (_key, _stream, _position) = state;

    /// <summary>
    /// What draws numbers when no generator is given: that of the innermost <see cref="Use"/> of this thread, else the program's own, which starts from
    /// seed 0.
    /// </summary>
    public static Generator Default => s_used ?? Volatile.Read(ref s_default);

    /// <summary>Replaces <see cref="Default"/> by a fresh generator with this seed: inside a <see cref="Use"/> until that ends, else for the program.</summary>
    public static void Seed(ulong seed)
    {
        if (s_used is not null) s_used = new(seed);
        else Volatile.Write(ref s_default, new(seed));
    }

    /// <summary>Makes a generator this thread's <see cref="Default"/> until the result is disposed: <c>using var _ = Generator.Use(new(seed: 7));</c></summary>
    public static Choice Use(Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new(generator);
    }

    /// <summary>A choice of this thread that ends with <see cref="Dispose"/>.</summary>
    public readonly ref struct Choice
    {
        readonly Generator? _before;

        internal Choice(Generator generator)
        {
            _before = s_used;
            s_used = generator;
        }

        /// <summary>Restores what was chosen before.</summary>
        public void Dispose() => s_used = _before;
    }

    /// <summary>The present state, to be kept for an exact resume; set it where it was read to go on with the same numbers.</summary>
    public GeneratorState State
    {
        get => new(_key, _stream, Volatile.Read(ref _position));
        set => (_key, _stream, _position) = value;
    }

    /// <summary>
    /// The start of an independent stream for these keys, such as (epoch, index). Depends on this generator's stream and not on its position, and
    /// does not advance it; <c>Split(a, b)</c> equals <c>Split(a).Split(b)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">No key is given.</exception>
    public Generator Split(params ReadOnlySpan<long> keys)
    {
        if (keys.IsEmpty) throw new ArgumentException("Splitting a generator needs at least one key.", nameof(keys));
        var (child, of) = (_key, _stream);
        foreach (long k in keys)
        {
            UInt128 block = Philox.Block(child ^ Splitting, of, (ulong)k);
            (child, of) = ((ulong)block, (ulong)(block >> 64));
        }
        return new Generator(new GeneratorState(child, of, 0));
    }

    /// <summary>A second generator on the same stream, <paramref name="words"/> words further on: for work that divides one stream itself.</summary>
    public Generator Ahead(long words) => new(State with { Position = State.Position + (ulong)words });

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        ulong at = Take(1);
        return (uint)(Philox.Block(_key, _stream, at / 4) >> (32 * (int)(at % 4)));
    }

    /// <summary>64 random bits: two words, the first in the low half.</summary>
    public ulong NextUInt64()
    {
        ulong at = Take(2);
        UInt128 block = Philox.Block(_key, _stream, at / 4);
        int skip = (int)(at % 4);
        if (skip < 3) return (ulong)(block >> (32 * skip));
        return (ulong)(block >> 96) | (ulong)Philox.Block(_key, _stream, at / 4 + 1) << 32;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => UniformSingle.Unit(NextUInt32());

    /// <summary>Uniform on [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => UniformDouble.Unit(NextUInt64());

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double NextNormal() => NormalDouble.Standard(NextUInt64());

    /// <summary>Uniform on 0 … <paramref name="max"/> − 1, without bias (Lemire, <i>Fast Random Integer Generation</i>, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is not positive.</exception>
    public int NextInt(int max)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ulong product = (ulong)NextUInt32() * (uint)max;
        if ((uint)product < (uint)max)
            for (uint rest = (0u - (uint)max) % (uint)max; (uint)product < rest;) product = (ulong)NextUInt32() * (uint)max;
        return (int)(product >> 32);
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Puts <paramref name="items"/> in random order, each order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>Reserves words of the stream, for whoever makes numbers of them elsewhere, and returns where they begin.</summary>
    internal GeneratorState Advance(long words) => new(_key, _stream, Take(words));

    /// <summary>Reserves words of the stream and returns the position of the first.</summary>
    ulong Take(long words) => Interlocked.Add(ref _position, (ulong)words) - (ulong)words;
}
