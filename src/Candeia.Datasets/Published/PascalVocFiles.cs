using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Candeia.Images;

namespace Candeia.Datasets;

/// <summary>Pascal VOC: a list of pictures for each part, an XML file with boxes for each picture, a PNG file with a mask for some.</summary>
internal static class PascalVocFiles
{
    const long MostXmlBytes = 1 << 20;

    static readonly string[] s_classes =
    [
        "__background__", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow", "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa",
        "train", "tvmonitor",
    ];

    public static Scenes Detection(string folder, int year, string split)
    {
        string root = Root(folder, year), boxes = Path.Combine(root, "Annotations");
        string[] names = Names(root, "Main", split);
        return new(s_classes, [.. names.Select(n => Picture(root, n))], (i, scene) => (Marked(Path.Combine(boxes, names[i] + ".xml"), scene), []));
    }

    public static Scenes Segmentation(string folder, int year, string split)
    {
        string root = Root(folder, year);
        return Scenes.OfMasks(s_classes, [.. Names(root, "Segmentation", split).Select(n => (Picture(root, n), Path.Combine(root, "SegmentationClass", n + ".png")))]);
    }

    static string Root(string folder, int year) => Path.Combine(year == 2011 ? Path.Combine(folder, "TrainVal") : folder, "VOCdevkit", $"VOC{year}");

    static string Picture(string root, string name) => Path.Combine(root, "JPEGImages", name + ".jpg");

    static string[] Names(string root, string kind, string split)
    {
        string[] names = [.. Layout.Lines(Path.Combine(root, "ImageSets", kind), split + ".txt").Select(l => l.Trim())];
        foreach (string name in names) _ = Layout.Inside(root, name);
        return names;
    }

    static Annotated Marked(string file, Annotated scene)
    {
        List<float> boxes = [];
        List<long> labels = [];
        try
        {
            // Nothing outside of the file is looked at, and no entity made of others.
            using var reader = XmlReader.Create(new MemoryStream(Layout.Bytes(file, MostXmlBytes)), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            foreach (var thing in XDocument.Load(reader).Root!.Elements("object"))
            {
                string name = (string?)thing.Element("name") ?? throw new FormatException("an object has no name");
                int label = Array.IndexOf(s_classes, name);
                if (label < 1) throw new FormatException($"there is no class '{name}'");
                var box = thing.Element("bndbox") ?? throw new FormatException("an object has no box");
                float Side(string side) => float.Parse((string?)box.Element(side) ?? throw new FormatException($"a box has no {side}"), NumberStyles.Float, CultureInfo.InvariantCulture);
                // There the first pixel is 1, and the last one belongs to the box.
                boxes.AddRange([Side("xmin") - 1, Side("ymin") - 1, Side("xmax"), Side("ymax")]);
                labels.Add(label);
            }
        }
        catch (Exception fault) when (fault is XmlException or FormatException)
        {
            throw new DatasetException($"'{file}' is damaged ({fault.Message.TrimEnd('.')}); get the data again.", fault);
        }
        return scene with { Boxes = new(Tensor.From([.. boxes], [labels.Count, 4])), Labels = Tensor.From([.. labels], [labels.Count]) };
    }
}
