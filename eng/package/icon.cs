#:project ../../src/Candeia/Candeia.csproj
#:property PublishAot=false

// Draws icon.png, the picture of the packages, from the lamp of the reports: `dotnet run eng/package/icon.cs` in the root of the repository.

using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Candeia.Images;

const int Size = 128, Fine = 8;                                       // pixels; samples of a pixel in each direction

var svg = XDocument.Load("src/Candeia.Charts/Report/lamp.svg");
float[] box = [.. Numbers.Of(svg.Root!.Attribute("viewBox")!.Value)];
float scale = 0.86f * Size / Math.Max(box[2], box[3]);
var shift = new Vector2(Size - scale * box[2], Size - scale * box[3]) / 2;

var image = new Image(Size, Size, PixelFormat.Rgba);
foreach (var path in svg.Root.Elements().Where(e => e.Name.LocalName == "path"))
    Fill(Outline.Of(path.Attribute("d")!.Value).Select(p => (p.From * scale + shift, p.To * scale + shift)).ToArray(),
        (string?)path.Attribute("class") == "flame" ? [0xE0, 0x7B, 0x00] : [0x23, 0x2D, 0x3F]);
image.Save("eng/package/icon.png");

// Even-odd: a sample is inside if a ray from it to the left crosses the outline an odd number of times.
void Fill((Vector2 From, Vector2 To)[] outline, byte[] colour)
{
    for (int y = 0; y < Size; y++)
        for (int x = 0; x < Size; x++)
        {
            int inside = 0;
            for (int i = 0; i < Fine * Fine; i++)
            {
                var at = new Vector2(x + (i % Fine + 0.5f) / Fine, y + (i / Fine + 0.5f) / Fine);
                inside += outline.Count(l => l.From.Y > at.Y != l.To.Y > at.Y && l.From.X + (at.Y - l.From.Y) / (l.To.Y - l.From.Y) * (l.To.X - l.From.X) < at.X) & 1;
            }
            if (inside == 0) continue;
            colour.CopyTo(image.Row(y)[(4 * x)..]);
            image.Row(y)[4 * x + 3] = (byte)(255 * inside / (Fine * Fine));
        }
}

/// <summary>The straight pieces of an SVG path: of its commands those that the lamp has.</summary>
static class Outline
{
    public static IEnumerable<(Vector2 From, Vector2 To)> Of(string path)
    {
        Vector2 pen = default, start = default, last = default;         // last: the control point that `s` mirrors
        foreach (Match command in Regex.Matches(path, "([MCclhvsz])([^A-Za-z]*)"))
        {
            var n = new Queue<float>(Numbers.Of(command.Groups[2].Value));
            char kind = command.Groups[1].Value[0];
            if (kind == 'z') yield return (pen, pen = start);
            while (n.Count > 0)
            {
                var origin = char.IsLower(kind) ? pen : default;
                Vector2 Next() => origin + new Vector2(n.Dequeue(), n.Dequeue());
                if (kind == 'M') pen = start = Next();
                else if (kind == 'l') yield return (pen, pen = Next());
                else if (kind == 'h') yield return (pen, pen += new Vector2(n.Dequeue(), 0));
                else if (kind == 'v') yield return (pen, pen += new Vector2(0, n.Dequeue()));
                else
                {
                    var (a, b, c, d) = (pen, kind is 's' ? 2 * pen - last : Next(), Next(), Next());
                    for (int i = 1; i <= 16; i++)
                    {
                        float t = i / 16f, u = 1 - t;
                        yield return (pen, pen = u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d);
                    }
                    last = c;
                }
                if (char.ToLowerInvariant(kind) is not ('c' or 's')) last = pen;
            }
        }
    }
}

static class Numbers
{
    public static IEnumerable<float> Of(string text) => Regex.Matches(text, @"-?(\d+\.?\d*|\.\d+)").Select(m => float.Parse(m.Value, CultureInfo.InvariantCulture));
}
