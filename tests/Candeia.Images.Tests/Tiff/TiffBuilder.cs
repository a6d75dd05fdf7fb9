using System.Buffers.Binary;

namespace Candeia.Images.Tests;

/// <summary>TIFF files field by field, in both orders of bytes, also such as nobody should write.</summary>
sealed class TiffBuilder(bool little = true)
{
    const int Short = 3, Long = 4;
    readonly SortedDictionary<int, (int Type, uint[] Numbers)> _fields = [];
    readonly List<byte[]> _chunks = [];
    bool _tiles;

    /// <summary>Numbers of two bytes.</summary>
    public TiffBuilder Shorts(int field, params uint[] numbers) => With(field, Short, numbers);

    /// <summary>Numbers of four bytes.</summary>
    public TiffBuilder Longs(int field, params uint[] numbers) => With(field, Long, numbers);

    /// <summary>Width, height, samples, bits, colours and compression.</summary>
    public TiffBuilder Picture(int width, int height, int samples = 1, int bits = 8, int colours = 1, int compression = 1) =>
        Longs(256, (uint)width).Longs(257, (uint)height).Shorts(258, [.. Enumerable.Repeat((uint)bits, samples)]).Shorts(259, (uint)compression).Shorts(262, (uint)colours).Shorts(277, (uint)samples);

    public TiffBuilder Tiles(int width, int height)
    {
        _tiles = true;
        return Shorts(322, (uint)width).Shorts(323, (uint)height);
    }

    /// <summary>One more strip or tile.</summary>
    public TiffBuilder Chunk(params byte[] bytes)
    {
        _chunks.Add(bytes);
        return this;
    }

    public byte[] End()
    {
        List<byte> file = [.. little ? "II"u8.ToArray() : "MM"u8.ToArray(), .. Bytes(42, 2), 0, 0, 0, 0];
        uint[] places = [.. _chunks.Select(c =>
        {
            uint at = (uint)file.Count;
            file.AddRange(c);
            return at;
        })];
        Longs(_tiles ? 324 : 273, places).Longs(_tiles ? 325 : 279, [.. _chunks.Select(c => (uint)c.Length)]);
        byte[] list = Bytes((uint)file.Count, 4);
        for (int i = 0; i < 4; i++) file[4 + i] = list[i];
        int beyond = file.Count + 2 + 12 * _fields.Count + 4;
        file.AddRange(Bytes((uint)_fields.Count, 2));
        List<byte> later = [];
        foreach (var (field, (type, numbers)) in _fields)
        {
            byte[] values = [.. numbers.SelectMany(n => Bytes(n, type == Short ? 2 : 4))];
            file.AddRange([.. Bytes((uint)field, 2), .. Bytes((uint)type, 2), .. Bytes((uint)numbers.Length, 4)]);
            file.AddRange(values.Length > 4 ? Bytes((uint)(beyond + later.Count), 4) : [.. values, .. new byte[4 - values.Length]]);
            if (values.Length > 4) later.AddRange(values);
        }
        return [.. file, 0, 0, 0, 0, .. later];
    }

    TiffBuilder With(int field, int type, uint[] numbers)
    {
        _fields[field] = (type, numbers);
        return this;
    }

    byte[] Bytes(uint number, int count)
    {
        byte[] four = new byte[4];
        if (little) BinaryPrimitives.WriteUInt32LittleEndian(four, number);
        else BinaryPrimitives.WriteUInt32BigEndian(four, count == 4 ? number : number << 16);
        return four[..count];
    }
}
