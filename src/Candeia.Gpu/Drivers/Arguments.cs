using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Candeia.Gpu;

/// <summary>The arguments of a launch, one behind the other in one buffer.</summary>
internal sealed class Arguments
{
    readonly List<(int At, int Size)> _places = [];
    byte[] _data = new byte[512];
    int _used;

    /// <summary>Where the arguments are, and of which size.</summary>
    public ReadOnlySpan<(int At, int Size)> Places => CollectionsMarshal.AsSpan(_places);

    /// <summary>Their bytes.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _used);

    /// <summary>Begins with the next launch.</summary>
    public Arguments Clear()
    {
        _places.Clear();
        _used = 0;
        return this;
    }

    /// <summary>One more argument.</summary>
    public Arguments Add<T>(T value) where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>(), at = (_used + size - 1) / size * size;
        if (at + size > _data.Length) Array.Resize(ref _data, 2 * _data.Length);
        MemoryMarshal.Write(_data.AsSpan(at), in value);
        _places.Add((at, size));
        _used = at + size;
        return this;
    }
}
