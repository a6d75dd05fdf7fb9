using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Datasets.Tests;

public sealed class CorrelationTableTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    [Fact]
    public void No_change_of_bytes_does_anything_but_a_fault_with_its_place()
    {
        byte[] table = Encoding.ASCII.GetBytes("id,corr\nefuxkonr,0.493549303526138\nhdsmeqig,-0.4396817502111467\njbrfmcro,1e-3\n");
        var mutation = Gen.Zip(Gen.Choose(0, table.Length - 1), Gen.Choose(0, 255)).ListOf();
        string file = _folder["train.csv"];
        Prop.ForAll(mutation.ToArbitrary(), changes =>
        {
            byte[] changed = [.. table];
            foreach (var (at, value) in changes) changed[at] = (byte)value;
            File.WriteAllBytes(file, changed);
            try
            {
                var (ids, labels) = CorrelationTable.Read(file, labelled: true);
                return ids.Length == labels.Length && labels.All(y => y is >= -1 and <= 1) && ids.All(id => Path.GetFileName(id) == id);
            }
            catch (DatasetException fault)
            {
                return fault.Message.Contains(file) && fault.Row is > 0 and < 100;
            }
        }).Try(500);
    }

    public void Dispose() => _folder.Dispose();
}
