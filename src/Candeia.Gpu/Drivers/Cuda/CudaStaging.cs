namespace Candeia.Gpu;

/// <summary>
/// Copies to the device that nobody waits for: what is copied is first laid into memory that the device reads by itself. That is a few pieces, used one after the other; one is
/// written again when the event behind its last copy has come to pass.
/// </summary>
internal sealed unsafe class CudaStaging(CudaApi api, nint stream, Action<int, string> check)
{
    const int Pieces = 4, Size = 8 << 20, Alignment = 256;
    const uint WithoutTime = 2;
    readonly nint[] _memory = new nint[Pieces], _events = new nint[Pieces];
    int _piece, _used;

    /// <summary>Copies to an address of the device.</summary>
    public void Copy(nint target, ReadOnlySpan<byte> source)
    {
        while (source.Length > 0)
        {
            if (_used == Size) Next();
            if (_memory[_piece] == 0) Make();
            int count = Math.Min(source.Length, Size - _used);
            void* place = (byte*)_memory[_piece] + _used;
            source[..count].CopyTo(new Span<byte>(place, count));
            check(api.CopyToDevice(target, place, (nuint)count, stream), "copy to the device");
            target += count;
            source = source[count..];
            _used = Math.Min(Size, (_used + count + Alignment - 1) / Alignment * Alignment);
        }
    }

    void Next()
    {
        check(api.RecordEvent(_events[_piece], stream), "mark a copy");
        _piece = (_piece + 1) % Pieces;
        _used = 0;
        if (_memory[_piece] != 0) check(api.WaitForEvent(_events[_piece]), "wait for a copy");
    }

    void Make()
    {
        void* memory;
        nint made;
        check(api.CreateEvent(&made, WithoutTime), "make an event");
        check(api.AllocatePinned(&memory, Size, 0), $"lock {Size >> 20} MiB of the processor's memory");
        (_memory[_piece], _events[_piece]) = ((nint)memory, made);
    }
}
