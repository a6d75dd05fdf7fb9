using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Datasets;

/// <summary>A file of COCO's: pictures, what is marked in them, and the classes.</summary>
internal sealed record CocoJson(CocoPicture[]? Images, CocoMark[]? Annotations, CocoClass[]? Categories);

/// <summary>A picture of COCO.</summary>
internal sealed record CocoPicture(long Id, string FileName);

/// <summary>A class of COCO.</summary>
internal sealed record CocoClass(int Id, string Name);

/// <summary>A thing in a picture, or a sentence about it.</summary>
internal sealed record CocoMark(long ImageId, int CategoryId, float[]? Bbox, CocoRegion? Segmentation, int Iscrowd, string? Caption, float[]? Keypoints);

/// <summary>The files of Flickr30k's captions.</summary>
internal sealed record KarpathyJson(KarpathyPicture[]? Images);

/// <summary>A picture of Flickr30k.</summary>
internal sealed record KarpathyPicture(string Filename, string Split, KarpathySentence[]? Sentences);

/// <summary>A sentence about a picture of Flickr30k.</summary>
internal sealed record KarpathySentence(string? Raw);

/// <summary>How these are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CocoJson))]
[JsonSerializable(typeof(KarpathyJson))]
internal sealed partial class SceneJson : JsonSerializerContext
{
    /// <exception cref="DatasetException">The file cannot be read, or holds something else.</exception>
    public static T Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            using var file = OrdinaryFile.Open(path);
            return JsonSerializer.Deserialize(file, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new DatasetException($"'{path}' is damaged ({fault.Message.TrimEnd('.')}); get the data again.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"'{path}' cannot be read ({fault.Message.TrimEnd('.')}); unpack the data set there, or let it be downloaded.", fault);
        }
    }
}
