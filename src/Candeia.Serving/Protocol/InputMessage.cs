using System.Text.Json;

namespace Candeia.Serving;

/// <summary>A tensor as a request describes it; its numbers are where they were sent.</summary>
struct InputMessage()
{
    public string Name { get; private set; } = "";
    public string Datatype { get; private set; } = "";
    public List<int>? Shape { get; private set; }

    /// <summary>How many bytes behind the JSON are its numbers; null if they stand in the JSON.</summary>
    public int? Binary { get; private set; }

    /// <summary>Where they stand in the JSON.</summary>
    public Range? Data { get; private set; }

    /// <summary>Themselves, if they were read on the way: nothing but numbers, which a float can hold.</summary>
    public ReadOnlyMemory<float>? Floats { get; private set; }

    /// <summary>Reads one of a request's inputs.</summary>
    /// <param name="reader">Where it begins.</param>
    /// <param name="text">What is read.</param>
    /// <param name="floats">Whether numbers are likely to be floats.</param>
    public static InputMessage Read(ref Utf8JsonReader reader, JsonText text, bool floats)
    {
        var message = new InputMessage();
        JsonWalk.Fields(ref reader, "An input", (ref r, name) =>
        {
            switch (name)
            {
                case "name": message.Name = JsonWalk.Text(ref r, "The name of an input"); break;
                case "datatype": message.Datatype = JsonWalk.Text(ref r, "The datatype of an input"); break;
                case "shape":
                    List<int> sizes = [];
                    JsonWalk.Items(ref r, "The shape of an input", (ref s) => sizes.Add(JsonWalk.Size(ref s, "A size in a shape")));
                    message.Shape = sizes;
                    break;
                case "parameters":
                    JsonWalk.Fields(ref r, "The parameters of an input", (ref p, parameter) =>
                    {
                        if (parameter == "binary_data_size") message.Binary = JsonWalk.Size(ref p, parameter);
                        else p.Skip();
                    });
                    break;
                case "data":
                    int start = text.Start(in r);
                    message.Floats = floats ? text.Floats(ref r) : null;
                    if (message.Floats is null) r.Skip();
                    message.Data = start..text.End(in r);
                    break;
                default: r.Skip(); break;
            }
        });
        return message;
    }
}
