using System.Runtime.InteropServices;

namespace Candeia.Kernels;

/// <summary>
/// Memory for the length of one kernel, from a stack that its thread keeps: renting costs nothing once the thread has seen the size.
/// Given back in the opposite order. Other threads may use it meanwhile. What stands in it at first is left over from others.
/// </summary>
internal readonly unsafe ref struct Scratch
{
    const nint Most = 64 << 20;                 // what a thread keeps at most; more is fetched and freed each time

    [ThreadStatic] static Stack? t_stack;

    readonly Stack _stack;
    readonly nint _bytes;
    readonly bool _fetched;

    public Scratch(nint bytes)
    {
        _stack = t_stack ??= new();
        _bytes = (bytes + 63 & ~(nint)63) + 64;
        _fetched = _stack.Used + _bytes > _stack.Size;
        At = _fetched ? (byte*)NativeMemory.AlignedAlloc((nuint)_bytes, 64) : _stack.At + _stack.Used;
        (_fetched ? ref _stack.Fetched : ref _stack.Used) += _bytes;
        _stack.Wanted = Math.Max(_stack.Wanted, _stack.Used + _stack.Fetched);
    }

    /// <summary>The first byte, at a multiple of 64.</summary>
    public byte* At { get; }

    public void Dispose()
    {
        if (_fetched) NativeMemory.AlignedFree(At);
        (_fetched ? ref _stack.Fetched : ref _stack.Used) -= _bytes;
        if (_stack.Used + _stack.Fetched == 0) _stack.Grow();
    }

    sealed class Stack
    {
        public byte* At;
        public nint Size, Used, Fetched, Wanted;

        public void Grow()
        {
            if (Wanted <= Size || Wanted > Most) return;
            NativeMemory.AlignedFree(At);
            Size = Wanted;
            At = (byte*)NativeMemory.AlignedAlloc((nuint)Size, 64);
        }

        ~Stack() => NativeMemory.AlignedFree(At);
    }
}
