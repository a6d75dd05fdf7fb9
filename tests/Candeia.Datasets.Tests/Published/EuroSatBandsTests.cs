using System.Buffers.Binary;

namespace Candeia.Datasets.Tests;

public sealed class EuroSatBandsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A picture of 13 bands of two pixels each, 16 bits a sample, as it is before any compression.</summary>
    static byte[] Bands(int first)
    {
        (int Field, int Type, uint Number)[] fields = [(256, 4, 2), (257, 4, 1), (258, 3, 16), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 13), (278, 3, 1), (279, 4, 52)];
        byte[] file = new byte[8 + 52 + 2 + 12 * fields.Length + 4];
        "II"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(2), 42);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 60);
        for (int i = 0; i < 26; i++) BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8 + 2 * i), (ushort)(first + i));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(60), (ushort)fields.Length);
        foreach (var (i, (field, type, number)) in fields.Index())
        {
            var entry = file.AsSpan(62 + 12 * i);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)field);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)type);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], number);
        }
        return file;
    }

    [Fact]
    public void Thirteen_bands_and_what_stands_there()
    {
        const string deep = "ds/images/remote_sensing/otherDatasets/sentinel_2/tif/";
        Layouts.Write(_folder["data", "eurosat-bands", "EuroSATallBands.zip"], (deep + "Forest/Forest_1.tif", Bands(1000)), (deep + "SeaLake/SeaLake_7.tif", Bands(2000)));
        Layouts.Write(_folder["data", "eurosat-bands", "eurosat-train.txt"], ("", Layouts.Text("SeaLake_7.jpg\nForest_1.jpg\n")));
        Layouts.Write(_folder["data", "eurosat-bands", "eurosat-val.txt"], ("", Layouts.Text("Desert_1.jpg\n")));
        var data = new EuroSatBands(_folder["data"]);
        Assert.Equal(["SeaLake", "Forest"], data.Select(s => EuroSatBands.Classes[(int)(long)s.Y]));
        Assert.Equal([13, 1, 2], data[0].X.Shape);
        Assert.Equal((2001f, 1013f), ((float)data[0].X[1, 0, 0], (float)data[1].X[0, 0, 1]));
        Assert.Contains("Desert", Assert.Throws<DatasetException>(() => new EuroSatBands(_folder["data"], "val")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EuroSatBands(_folder["data"], "all"));
    }
}
