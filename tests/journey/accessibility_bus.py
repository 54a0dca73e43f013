# SPDX-License-Identifier: GPL-3.0-or-later
"""Speaks to the accessibility bus of this session: many questions in one go, for a journey asks thousands.

    bus = Bus()
    names = bus.ask([Question(widget, PROPERTIES, 'Get', ACCESSIBLE, 'Name') for widget in widgets])

An object is a pair of its program's name on the bus and its path there. Of D-Bus this knows what AT-SPI needs, little-endian.
"""

import os
import socket
import struct

from gi.repository import Gio

ACCESSIBLE = 'org.a11y.atspi.Accessible'
PROPERTIES = 'org.freedesktop.DBus.Properties'
ROOT = '/org/a11y/atspi/accessible/root'
# Longer than any answer takes on a busy machine.
PATIENCE = 30

ALIGNMENT = {'y': 1, 'b': 4, 'n': 2, 'q': 2, 'i': 4, 'u': 4, 'x': 8, 't': 8, 'd': 8, 's': 4, 'o': 4, 'g': 1, 'a': 4, '(': 8, '{': 8, 'v': 1}
NUMBERS = {letter: struct.Struct('<' + code) for letter, code in zip('ybnqiuxtd', 'BIhHiIqQd')}
LENGTH = struct.Struct('<I')


class Gone(Exception):
    """The object, or its program, is no longer there, or does not know what it was asked."""


class Question(tuple):
    """A method call: (whom, interface, method, argument…). Arguments are text or whole numbers; one alone goes without a sign."""

    __slots__ = ()

    def __new__(cls, *parts):
        return super().__new__(cls, parts)

    def __str__(self):
        return f'{self[2]} of {self[0]}'

    def write(self):
        """The message, its serial number left open."""
        (program, path), interface, method, *arguments = self
        body = bytearray()
        signature = ''
        for argument in arguments:
            if isinstance(argument, str):
                write_text(body, argument)
                signature += 's'
            else:
                number = 'u' if len(arguments) == 1 else 'i'
                align(body, 4)
                body += NUMBERS[number].pack(argument)
                signature += number
        message = bytearray(struct.pack('<cBBBIII', b'l', 1, 0, 1, len(body), 0, 0))
        for code, letter, value in ((1, 'o', path), (2, 's', interface), (3, 's', method), (6, 's', program)):
            align(message, 8)
            message += bytes([code, 1, ord(letter), 0])
            write_text(message, value)
        if signature:
            align(message, 8)
            message += bytes([8, 1, ord('g'), 0, len(signature)]) + signature.encode() + b'\0'
        LENGTH.pack_into(message, 12, len(message) - 16)
        align(message, 8)
        return bytes(message + body)


def align(message, size):
    message += bytes(-len(message) % size)


def write_text(message, text):
    encoded = text.encode()
    align(message, 4)
    message += LENGTH.pack(len(encoded)) + encoded + b'\0'


def split_types(signature):
    """The complete types of a signature, one by one."""
    types = []
    while signature:
        end = 0
        while signature[end] == 'a':
            end += 1
        depth = 0
        while True:
            depth += (signature[end] in '({') - (signature[end] in ')}')
            end += 1
            if depth == 0:
                break
        types.append(signature[:end])
        signature = signature[end:]
    return types


READERS = {}
TYPES = {}


def reader_of(kind):
    """A function (message, place) → (value, next place) for one complete type."""
    if kind not in READERS:
        READERS[kind] = make_reader(kind)
    return READERS[kind]


def make_reader(kind):
    if kind in NUMBERS:
        number = NUMBERS[kind]

        def read_number(message, place):
            place += -place % number.size
            return number.unpack_from(message, place)[0], place + number.size
        return read_number
    if kind in ('s', 'o'):
        def read_text(message, place):
            place += -place % 4 + 4
            end = place + LENGTH.unpack_from(message, place - 4)[0]
            return message[place:end].decode(), end + 1
        return read_text
    if kind == 'g':
        return lambda message, place: (message[place + 1:place + 1 + message[place]].decode(), place + 2 + message[place])
    if kind == 'v':
        def read_variant(message, place):
            signature, place = reader_of('g')(message, place)
            return reader_of(signature)(message, place)
        return read_variant
    if kind[0] == 'a':
        read_item, alignment = reader_of(kind[1:]), ALIGNMENT[kind[1]]

        def read_array(message, place):
            place += -place % 4 + 4
            size = LENGTH.unpack_from(message, place - 4)[0]
            place += -place % alignment
            items, end = [], place + size
            while place < end:
                item, place = read_item(message, place)
                items.append(item)
            return items, place
        return read_array
    readers = [reader_of(part) for part in split_types(kind[1:-1])]

    def read_structure(message, place):
        place += -place % 8
        values = []
        for read in readers:
            value, place = read(message, place)
            values.append(value)
        return tuple(values), place
    return read_structure


class Bus:
    """A connection to the accessibility bus, for one thread."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1, None).unpack()[0]
        self.socket = connect(address)
        self.socket.settimeout(PATIENCE)
        self.serial = 0
        self.received = bytearray()
        # The same widgets are asked the same again and again.
        self.written = {}
        user = str(os.getuid()).encode().hex().encode()
        self.socket.sendall(b'\0AUTH EXTERNAL ' + user + b'\r\n')
        answer = self.socket.recv(1024)
        if not answer.startswith(b'OK '):
            raise OSError(f'the accessibility bus says {answer!r}')
        self.socket.sendall(b'BEGIN\r\n')
        self.ask([Question(('org.freedesktop.DBus', '/org/freedesktop/DBus'), 'org.freedesktop.DBus', 'Hello')])

    def ask(self, questions):
        """The answers in the order of the questions; None where whom it was put to is gone."""
        answers = {}
        first = self.serial + 1
        for start in range(0, len(questions), 200):
            part = questions[start:start + 200]
            message = bytearray()
            for question in part:
                self.serial += 1
                if question not in self.written:
                    self.written[question] = question.write()
                message += self.written[question]
                LENGTH.pack_into(message, len(message) - len(self.written[question]) + 8, self.serial)
            self.socket.sendall(message)
            while len(answers) < start + len(part):
                self._receive(first, answers)
        return [answers[first + index] for index in range(len(questions))]

    def ask_one(self, question):
        """The answer, or Gone."""
        answer = self.ask([question])[0]
        if answer is None:
            raise Gone(str(question))
        return answer

    def _receive(self, first, answers):
        """Takes what has come and remembers the answers to questions from that number on."""
        data = self.socket.recv(1 << 20)
        if not data:
            raise OSError('the accessibility bus has gone')
        self.received += data
        place = 0
        while len(self.received) - place >= 16:
            kind, size, fields_size = self.received[place + 1], *struct.unpack_from('<I4xI', self.received, place + 4)
            start = 16 + fields_size + -fields_size % 8
            if len(self.received) - place < start + size:
                break
            message = bytes(self.received[place:place + start + size])
            place += start + size
            if kind not in (2, 3):
                continue
            serial, signature = read_fields(message, fields_size)
            if serial >= first:
                # Places within a body count from its own beginning, which is aligned.
                answers[serial] = read_body(message, start, signature) if kind == 2 else None
        del self.received[:place]


def read_fields(message, size):
    """To which message an answer answers, and of what it consists."""
    serial, signature = 0, ''
    place, end = 16, 16 + size
    while place < end:
        place += -place % 8
        code, letter = message[place], message[place + 2]
        place += 4
        if letter == 0x75:
            value = LENGTH.unpack_from(message, place)[0]
            serial = value if code == 5 else serial
            place += 4
        elif letter == 0x67:
            signature = message[place + 1:place + 1 + message[place]].decode()
            place += 2 + message[place]
        else:
            place += 5 + LENGTH.unpack_from(message, place)[0]
    return serial, signature


def read_body(message, place, signature):
    """The one value of an answer, or all of them, or True where it holds none."""
    values = []
    if signature not in TYPES:
        TYPES[signature] = split_types(signature)
    for kind in TYPES[signature]:
        value, place = reader_of(kind)(message, place)
        values.append(value)
    if not values:
        return True
    return values[0] if len(values) == 1 else tuple(values)


def connect(address):
    """A socket to a bus: the first of the addresses that answers."""
    for one in address.split(';'):
        transport, _, rest = one.partition(':')
        parts = dict(part.split('=', 1) for part in rest.split(',') if '=' in part)
        if transport != 'unix':
            continue
        path = parts['path'] if 'path' in parts else '\0' + parts['abstract']
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(path)
        return connection
    raise OSError(f'no way to the accessibility bus at {address}')
