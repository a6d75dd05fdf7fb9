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

    /// <summary>The same arguments, to be kept.</summary>
    public Arguments Copy()
    {
        var copy = new Arguments { _data = new byte[_used] };
        copy.Take(this);
        return copy;
    }

    /// <summary>Becomes a copy of others.</summary>
    public void Take(Arguments others)
    {
        if (_data.Length < others._used) _data = new byte[others._data.Length];
        others.Data.CopyTo(_data);
        _used = others._used;
        CollectionsMarshal.SetCount(_places, others._places.Count);
        others.Places.CopyTo(CollectionsMarshal.AsSpan(_places));
    }

    /// <summary>Whether others have the same values.</summary>
    public bool AreThoseOf(Arguments others) => Data.SequenceEqual(others.Data);

    /// <summary>Writes over an argument.</summary>
    public void Put<T>(int at, T value) where T : unmanaged => MemoryMarshal.Write(_data.AsSpan(at), in value);

    /// <summary>Writes an argument of others over one of the same size.</summary>
    public void Put(int at, Arguments others, int index)
    {
        var (from, size) = others._places[index];
        others._data.AsSpan(from, size).CopyTo(_data.AsSpan(at));
    }

    /// <summary>Where the next argument of a size would stand.</summary>
    public int Next(int size) => (_used + size - 1) / size * size;

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
        Put(Reserve(Unsafe.SizeOf<T>()), value);
        return this;
    }

    /// <summary>A place for one more argument.</summary>
    public int Reserve(int size)
    {
        int at = Next(size);
        if (at + size > _data.Length) Array.Resize(ref _data, Math.Max(at + size, 2 * _data.Length));
        _data.AsSpan(_used, at - _used).Clear();                             // what lies between tells nothing apart
        _places.Add((at, size));
        _used = at + size;
        return at;
    }
}
