#:package ParquetSharp@25.0.1.2
#:property ManagePackageVersionsCentrally=false
// Writes tests/golden/parquet/scenes.parquet: four pictures, two of them with boxes, in the layout of Hugging Face's library and by the writer that it uses, Apache Arrow's.
//
//     dotnet run eng/parquet-scenes.cs
using ParquetSharp;
using ParquetSharp.Schema;

static PrimitiveNode Leaf(string name, PhysicalType type, LogicalType? logical = null) => new(name, Repetition.Optional, logical ?? LogicalType.None(), type);
static GroupNode List(string name, Node item) => new(name, Repetition.Optional, [new GroupNode("list", Repetition.Repeated, [item])], LogicalType.List());

var schema = new GroupNode("schema", Repetition.Required,
[
    Leaf("image_id", PhysicalType.Int64),
    new GroupNode("image", Repetition.Optional, [Leaf("bytes", PhysicalType.ByteArray), Leaf("path", PhysicalType.ByteArray, LogicalType.String())]),
    Leaf("width", PhysicalType.Int32), Leaf("height", PhysicalType.Int32),
    new GroupNode("objects", Repetition.Optional,
    [
        List("id", Leaf("item", PhysicalType.Int64)), List("area", Leaf("item", PhysicalType.Int64)),
        List("bbox", List("item", Leaf("item", PhysicalType.Float))), List("category", Leaf("item", PhysicalType.Int64)),
    ]),
]);
var metadata = new Dictionary<string, string> { ["huggingface"] = """{"info": {"features": {"image_id": {"dtype": "int64", "_type": "Value"}, "image": {"_type": "Image"}, "objects": {"feature": {"bbox": {"feature": {"dtype": "float32", "_type": "Value"}, "length": 4, "_type": "Sequence"}, "category": {"names": ["cells", "red", "white"], "_type": "ClassLabel"}}, "_type": "Sequence"}}}}""" };
string folder = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!;
using var properties = new WriterPropertiesBuilder().Compression(Compression.Snappy).Build();
using var file = new ParquetFileWriter(Path.Combine(folder, "../tests/golden/parquet/scenes.parquet"), schema, properties, keyValueMetadata: metadata);
using var rows = file.AppendRowGroup();
void Write<T>(params T[] values)
{
    using var column = rows.NextColumn().LogicalWriter<T>();
    column.WriteBatch(values);
}
Write<long?>(7, 8, 9, 10);
Write<Nested<byte[]>?>([.. Enumerable.Range(1, 4).Select(i => (Nested<byte[]>?)new Nested<byte[]>(Gray((byte)(10 * i), 6, 5)))]);
Write<Nested<string>?>([.. Enumerable.Range(1, 4).Select(i => (Nested<string>?)new Nested<string>($"{i}.pgm"))]);
Write<int?>(6, 6, 6, 6);
Write<int?>(5, 5, 5, 5);
Write(Of<long?[]>([1, 2], [], [3], null!));
Write(Of<long?[]>([4, 2], [], [6], null!));
Write(Of<float?[][]>([[1, 2, 2, 2], [0.5f, 0, 1, 2]], [], [[3, 1, 2, 3]], null!));
Write(Of<long?[]>([1, 2], [], [1], null!));
file.Close();

static Nested<T>?[] Of<T>(params T[] values) => [.. values.Select(v => (Nested<T>?)new Nested<T>(v))];

// A picture of one shade, in Netpbm's format.
static byte[] Gray(byte shade, int width, int height) => [.. System.Text.Encoding.ASCII.GetBytes($"P5\n{width} {height}\n255\n"), .. Enumerable.Repeat(shade, width * height)];
