namespace Candeia;

/// <summary>Where a <see cref="Generator"/> stands: all that is needed to go on with the same numbers, here or on another machine.</summary>
/// <param name="Key">The seed, or what splitting made of it.</param>
/// <param name="Stream">Tells apart the streams that splitting makes; 0 for a generator that was never split.</param>
/// <param name="Position">How many 32-bit words of the stream are used up.</param>
public readonly record struct GeneratorState(ulong Key, ulong Stream, ulong Position);
